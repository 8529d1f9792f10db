package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One long-running operation. Guarded by the lock of its subscription. */
public final class Operation {
    /** The provider's own version, which is not the caller's (recorded in 2026). */
    private static final String PROVIDER_VERSION = "2025-03-01";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id = UUID.randomUUID().toString();
    private final String kind;
    private final String subject;
    private final String subscriptionId;
    private final String location;
    private final Instant start;
    private final String seal = seal();
    private String status = "InProgress";
    private @Nullable Instant end;
    private @Nullable ArmError error;

    /**
     * @param kind what it does, in the words of Azure's messages: "update managed cluster"
     * @param subject ARM id of the resource that it works on
     */
    Operation(String kind, String subject, String subscriptionId, String location, Instant start) {
        this.kind = kind;
        this.subject = subject;
        this.subscriptionId = subscriptionId;
        this.location = location;
        this.start = start;
    }

    public String id() {
        return id;
    }

    public String kind() {
        return kind;
    }

    public String subject() {
        return subject;
    }

    Optional<ArmError> error() {
        return Optional.ofNullable(error);
    }

    public Instant start() {
        return start;
    }

    public boolean running() {
        return end == null;
    }

    /** Free text while it runs: all but Succeeded, Failed and Canceled means running. */
    public void progress(String text) {
        if (running()) {
            status = text;
        }
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
    }

    /** What a client polls. */
    ObjectNode document() {
        var document = Json.object().put("name", id).put("status", status).put("startTime", start.toString());
        if (end != null) {
            document.put("endTime", end.toString());
        }
        if (error != null) {
            document.set("error", error.document());
        }
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
        if (end != null) {
            document.put("end", end.toString());
        }
        if (error != null) {
            document.set("error", error.document());
        }
        return document;
    }

    /** Signed, opaque and about 3 kB long, as recorded: a client must store it whole. */
    public String statusUrl(String base) {
        return url(base, "operations");
    }

    public String resultUrl(String base) {
        return url(base, "operationresults");
    }

    private String url(String base, String collection) {
        return base + "/subscriptions/" + subscriptionId + "/providers/Microsoft.ContainerService/locations/" + location
                + "/" + collection + "/" + id + "?api-version=" + PROVIDER_VERSION + "&t=" + start.toEpochMilli() + "&"
                + seal;
    }

    private static String seal() {
        return "c=" + random(1800) + "&s=" + random(256) + "&h=" + random(32);
    }

    private static String random(int bytes) {
        byte[] noise = new byte[bytes];
        RANDOM.nextBytes(noise);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
    }
}
