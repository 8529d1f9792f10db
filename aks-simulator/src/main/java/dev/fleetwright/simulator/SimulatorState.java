package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.AksProvider;
import dev.fleetwright.simulator.arm.KeptResources;
import dev.fleetwright.simulator.arm.ResourceGroups;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Entry;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The whole state: taken as one document, put in the place of what there is, and set to work again. */
final class SimulatorState {
    private static final int FORMAT = 1;

    private final Subscriptions subscriptions;
    private final AksProvider aks;
    private final ResourceGroups groups;

    SimulatorState(Subscriptions subscriptions, AksProvider aks, ResourceGroups groups) {
        this.subscriptions = subscriptions;
        this.aks = aks;
        this.groups = groups;
    }

    /** Everything, as {@link #restore} takes it. One atomic look for each subscription. */
    ObjectNode snapshot() {
        var document = Json.object().put("format", FORMAT);
        ArrayNode entries = document.putArray("entries");
        for (Subscription subscription : subscriptions.all()) {
            subscription.locked(
                    () -> subscription.kept().map(Entry::of).forEach(entry -> entries.add(entry.document())));
        }
        return document;
    }

    /**
     * Replaces everything by a snapshot and lets its operations go on.
     *
     * @throws IllegalArgumentException when the document is not a snapshot, or speaks of a subscription that is not here;
     *     then nothing has changed
     */
    void restore(JsonNode snapshot) {
        if (snapshot.path("format").asInt() != FORMAT
                || !snapshot.path("entries").isArray()) {
            throw new IllegalArgumentException("not a snapshot of format " + FORMAT);
        }
        var entries = new ArrayList<Entry>();
        snapshot.path("entries").forEach(document -> entries.add(Entry.read(document)));
        replace(entries);
        resume();
    }

    /** Replaces everything. What it holds does not work yet. */
    void replace(Collection<Entry> entries) {
        requireKnown(entries);
        List<Subscription> fresh = subscriptions.all().stream()
                .map(subscription -> read(subscriptions.blank(subscription), entries))
                .toList();
        fresh.forEach(subscriptions::replace);
    }

    private void requireKnown(Collection<Entry> entries) {
        for (Entry entry : entries) {
            if (subscriptions.all().stream().noneMatch(known -> belongs(entry, known))) {
                throw new IllegalArgumentException(
                        "the state has " + entry.at() + ", which is in no subscription of this simulator");
            }
        }
    }

    private static boolean belongs(Entry entry, Subscription subscription) {
        return entry.at().startsWith("/subscriptions/" + subscription.id() + "/");
    }

    private Subscription read(Subscription fresh, Collection<Entry> entries) {
        var own = entries.stream().filter(entry -> belongs(entry, fresh)).toList();
        try {
            fresh.locked(() -> {
                KeptResources.read(fresh, own);
                aks.read(fresh, own);
            });
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the state is damaged: " + e.getMessage(), e);
        }
        return fresh;
    }

    /** Sets everything to work that was at work when the state was written. */
    void resume() {
        for (Subscription subscription : subscriptions.all()) {
            aks.resume(subscription);
            groups.resume(subscription);
        }
    }
}
