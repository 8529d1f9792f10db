package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Kept;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One long-running operation, as data: what it is about, with which parameters, and until when each of its steps takes. Its
 * work can be taken up again from this alone. Guarded by the lock of its subscription.
 */
public final class Operation implements Kept {
    /** The kind under which operations are kept. */
    public static final String KEPT_AS = "operation";

    /** The provider's own version, which is not the caller's (recorded in 2026). */
    private static final String PROVIDER_VERSION = "2025-03-01";

    private static final String CANCELING = "Canceling";

    private final Subscription subscription;
    private final String id;
    private final long number;
    private final String kind;
    private final String subject;
    private final String location;
    private final Instant start;
    private final ObjectNode parameters;
    private final Map<String, Instant> steps = new LinkedHashMap<>();
    private String status = "InProgress";
    private @Nullable Instant end;
    private @Nullable ArmError error;

    /**
     * Begins to run.
     *
     * @param number operations of a subscription are numbered in the order of their begin
     * @param kind what it does, in the words of Azure's messages: "update managed cluster"
     * @param subject ARM id of the resource that it works on
     * @param parameters what its work has to know beyond the resource itself
     */
    Operation(
            Subscription subscription,
            String id,
            long number,
            String kind,
            String subject,
            String location,
            Instant start,
            ObjectNode parameters) {
        this.subscription = subscription;
        this.id = id;
        this.number = number;
        this.kind = kind;
        this.subject = subject;
        this.location = location;
        this.start = start;
        this.parameters = parameters;
    }

    public String id() {
        return id;
    }

    long number() {
        return number;
    }

    public String kind() {
        return kind;
    }

    public String subject() {
        return subject;
    }

    /** Not to be changed once the operation has begun. */
    public ObjectNode parameters() {
        return parameters;
    }

    Optional<ArmError> error() {
        return Optional.ofNullable(error);
    }

    public Instant start() {
        return start;
    }

    /** Empty while it runs. */
    public Optional<Instant> end() {
        return Optional.ofNullable(end);
    }

    public boolean running() {
        return end == null;
    }

    /** Until when a step takes: decided when it is asked for the first time, and the same after a restart. */
    public Instant step(String name, Supplier<Instant> decide) {
        Instant known = steps.get(name);
        if (known != null) {
            return known;
        }
        Instant due = decide.get();
        steps.put(name, due);
        subscription.changed(this);
        return due;
    }

    /** Whether it has come to a step before. */
    public boolean reached(String name) {
        return steps.containsKey(name);
    }

    /** Free text while it runs: all but Succeeded, Failed and Canceled means running. Nothing follows Canceling. */
    public void progress(String text) {
        if (running() && !status.equals(CANCELING) && !status.equals(text)) {
            status = text;
            subscription.changed(this);
        }
    }

    /** An abort was accepted: the operation runs on until that has come to its end. */
    public void canceling() {
        progress(CANCELING);
    }

    public void succeed(Instant now) {
        finish("Succeeded", null, now);
    }

    public void fail(ArmError why, Instant now) {
        finish("Failed", why, now);
    }

    public void cancel(Instant now) {
        finish("Canceled", null, now);
    }

    private void finish(String finalStatus, @Nullable ArmError why, Instant now) {
        if (!running()) {
            throw new IllegalStateException("operation " + id + " has ended already");
        }
        status = finalStatus;
        error = why;
        end = now;
        subscription.ended(this);
    }

    /** What a client polls. */
    ObjectNode document() {
        var document = Json.object().put("name", id).put("status", status).put("startTime", start.toString());
        putEnd(document, "endTime");
        return document;
    }

    /** What only the simulator tells: which operation was open on which resource, and when. */
    public ObjectNode evidence() {
        var document = Json.object()
                .put("id", id)
                .put("kind", kind)
                .put("subject", subject)
                .put("location", location)
                .put("status", status)
                .put("start", start.toString());
        putEnd(document, "end");
        return document;
    }

    private void putEnd(ObjectNode document, String name) {
        if (end != null) {
            document.put(name, end.toString());
        }
        if (error != null) {
            document.set("error", error.document());
        }
    }

    @Override
    public String keptAt() {
        return "/subscriptions/" + subscription.id() + "/operations/" + id;
    }

    @Override
    public String keptAs() {
        return KEPT_AS;
    }

    @Override
    public ObjectNode kept() {
        ObjectNode document = evidence().put("number", number);
        if (running()) {
            document.set("parameters", parameters.deepCopy());
            ObjectNode due = document.putObject("steps");
            steps.forEach((name, when) -> due.put(name, when.toString()));
        }
        return document;
    }

    static Operation read(Subscription subscription, ObjectNode kept) {
        var operation = new Operation(
                subscription,
                kept.path("id").asText(),
                kept.path("number").asLong(),
                kept.path("kind").asText(),
                kept.path("subject").asText(),
                kept.path("location").asText(),
                Instant.parse(kept.path("start").asText()),
                kept.path("parameters") instanceof ObjectNode parameters ? parameters : Json.object());
        for (Map.Entry<String, JsonNode> step : kept.path("steps").properties()) {
            operation.steps.put(step.getKey(), Instant.parse(step.getValue().asText()));
        }
        operation.status = kept.path("status").asText();
        operation.end = kept.has("end") ? Instant.parse(kept.path("end").asText()) : null;
        operation.error = ArmError.read(kept.path("error")).orElse(null);
        return operation;
    }

    /** Signed, opaque and about 3 kB long, as recorded: a client must store it whole. */
    public String statusUrl(String base) {
        return url(base, "operations");
    }

    public String resultUrl(String base) {
        return url(base, "operationresults");
    }

    private String url(String base, String collection) {
        return base + "/subscriptions/" + subscription.id() + "/providers/Microsoft.ContainerService/locations/"
                + location + "/" + collection + "/" + id + "?api-version=" + PROVIDER_VERSION + "&t="
                + start.toEpochMilli() + "&" + seal();
    }

    /** Follows from the id, so that it need not be stored and is the same after a restart. */
    private String seal() {
        UUID uuid = UUID.fromString(id);
        var noise = new SplittableRandom(uuid.getMostSignificantBits() ^ uuid.getLeastSignificantBits());
        return "c=" + noise(noise, 1800) + "&s=" + noise(noise, 256) + "&h=" + noise(noise, 32);
    }

    private static String noise(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
