package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is in the directory: applications of the start, those registered later, and identities that are ARM resources.
 *
 * <p>Who is registered later is known to Entra and to ARM only after a while. Thread-safe.
 */
public final class Applications {
    private record Late(Principal principal, Instant since) {}

    private final List<Principal> first;
    private final Set<String> tenants;
    private final Supplier<List<Principal>> identities;
    private final Timeline timeline;
    private final Map<String, Late> later = new LinkedHashMap<>();
    private Runnable changed = () -> {};

    /**
     * A directory.
     *
     * @param tenants those of the subscriptions; those of the principals come on top
     * @param identities the user-assigned identities that exist at the moment
     */
    public Applications(
            List<Principal> first,
            Collection<String> tenants,
            Supplier<List<Principal>> identities,
            Timeline timeline) {
        this.first = List.copyOf(first);
        this.tenants = Stream.concat(tenants.stream(), first.stream().map(Principal::tenantId))
                .map(Applications::lower)
                .collect(Collectors.toUnmodifiableSet());
        this.identities = identities;
        this.timeline = timeline;
    }

    /** Registers an application, or replaces one of the same client id. */
    public synchronized void register(Principal principal) {
        Instant since = Optional.ofNullable(later.get(lower(principal.clientId())))
                .map(Late::since)
                .orElseGet(timeline::now);
        later.put(lower(principal.clientId()), new Late(principal, since));
        changed.run();
    }

    /** Whoever was registered later, with secrets, as {@link #recall} takes it. */
    public synchronized ArrayNode kept() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        later.values()
                .forEach(late -> all.add(KeptPrincipals.document(late.principal())
                        .put("since", late.since().toString())));
        return all;
    }

    public synchronized void recall(JsonNode kept) {
        for (JsonNode document : kept) {
            Principal principal = KeptPrincipals.read(document);
            Instant since = Instant.parse(document.path("since").asText());
            later.put(lower(principal.clientId()), new Late(principal, since));
        }
    }

    /** From now on this runs after every change, before anybody else can make one. */
    public synchronized void onChange(Runnable told) {
        changed = told;
    }

    public boolean hasTenant(String tenant) {
        return tenants.contains(lower(tenant));
    }

    /** The application as sign-in sees it: those that were registered just now are not found yet. */
    Optional<Principal> find(String tenant, String clientId) {
        return known().filter(p ->
                        p.tenantId().equalsIgnoreCase(tenant) && p.clientId().equalsIgnoreCase(clientId))
                .findFirst();
    }

    Optional<Principal> find(String clientId) {
        return known().filter(p -> p.clientId().equalsIgnoreCase(clientId)).findFirst();
    }

    /** Whether ARM can see this object: an application of the start, or one that has been replicated. */
    public boolean knowsObject(String objectId) {
        return known().anyMatch(p -> p.objectId().equalsIgnoreCase(objectId));
    }

    /** Those that the machine vouches for. */
    List<Principal> managed() {
        return known().filter(
                        p -> p.credentials(Credential.Managed.class).findAny().isPresent())
                .toList();
    }

    /** Everybody, also who is not replicated yet. */
    public synchronized List<Principal> all() {
        var all = new ArrayList<>(first);
        later.values().forEach(late -> all.add(late.principal()));
        all.addAll(identities.get());
        return all;
    }

    private Stream<Principal> known() {
        Instant now = timeline.now();
        List<Principal> replicated;
        synchronized (this) {
            replicated = later.values().stream()
                    .filter(late -> !late.since()
                            .plus(timeline.scaled(Durations.PRINCIPAL_REPLICATION))
                            .isAfter(now))
                    .map(Late::principal)
                    .toList();
        }
        return Stream.of(
                        first.stream(),
                        replicated.stream(),
                        Stream.of(identities).flatMap(i -> i.get().stream()))
                .flatMap(part -> part);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
