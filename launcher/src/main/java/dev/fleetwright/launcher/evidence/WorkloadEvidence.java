package dev.fleetwright.launcher.evidence;

import dev.fleetwright.local.audit.AuditEvent;
import dev.fleetwright.local.audit.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the audit log of one workload cluster says of the moves of its pods. Read once; a later look reads anew. */
public final class WorkloadEvidence {
    private final List<PodMoves.Eviction> evictions = new ArrayList<>();
    private final List<AuditEvent> refusals = new ArrayList<>();
    private final List<AuditEvent> unbound = new ArrayList<>();
    private final List<PodMoves.Binding> bindings = new ArrayList<>();
    private final List<AuditEvent> nodeDeletions = new ArrayList<>();
    private final List<BudgetBreaches.Sighting> sightings = new ArrayList<>();

    private WorkloadEvidence() {}

    /**
     * Reads the log as it is now.
     *
     * @param userAgent the start of the user agent whose evictions are judged
     */
    public static WorkloadEvidence read(AuditLog log, String userAgent) {
        var evidence = new WorkloadEvidence();
        try (Stream<AuditEvent> events = log.events()) {
            events.forEach(event -> evidence.add(event, userAgent));
        }
        return evidence;
    }

    /**
     * The figures of one run.
     *
     * @param nodesDeleted Node objects that went
     * @param podsMoved evictions that the API server accepted
     * @param evictionsRefused answers 429
     * @param podsMovedAgain pods that had just been placed and were evicted again, by name
     * @param belowBudget time in which a budget had fewer healthy pods than it needs, summed over budgets
     */
    public record Figures(
            int nodesDeleted,
            int podsMoved,
            int evictionsRefused,
            List<PodName> podsMovedAgain,
            Duration belowBudget) {}

    public Figures during(Window window) {
        return new Figures(
                (int) nodeDeletions.stream()
                        .filter(e -> window.contains(e.time()))
                        .count(),
                (int) evictions.stream().filter(e -> window.contains(e.time())).count(),
                (int) refusals.stream().filter(e -> window.contains(e.time())).count(),
                PodMoves.again(evictions, bindings, window).stream()
                        .map(PodMoves.Eviction::pod)
                        .toList(),
                BudgetBreaches.total(sightings, window));
    }

    /** Pods whose eviction was accepted more than once; whatever the order of crashes, there must be none. */
    public List<PodName> evictedTwice() {
        return PodMoves.repeated(evictions, bindings);
    }

    /** Evictions that were sent without the uid of the pod that was meant; there must be none. */
    public int evictionsWithoutUid() {
        return unbound.size();
    }

    /** When the API server accepted each eviction, in order. */
    public List<Instant> evictionTimes() {
        return evictions.stream().map(PodMoves.Eviction::time).sorted().toList();
    }

    private void add(AuditEvent event, String userAgent) {
        PodName name = new PodName(event.namespace(), event.name());
        if (event.isEviction() && event.userAgent().startsWith(userAgent)) {
            addEviction(event, name);
        } else if (event.resource().equals("pods") && event.subresource().equals("binding") && event.succeeded()) {
            bindings.add(new PodMoves.Binding(event.time(), name));
        } else if (event.resource().equals("nodes") && event.verb().equals("delete") && event.succeeded()) {
            nodeDeletions.add(event);
        } else if (event.resource().equals("poddisruptionbudgets")
                && event.subresource().equals("status")
                && event.succeeded()) {
            var status = event.request().path("status");
            sightings.add(new BudgetBreaches.Sighting(
                    event.time(),
                    name,
                    status.path("currentHealthy").asInt(),
                    status.path("expectedPods").asInt() == 0
                            ? 0
                            : status.path("desiredHealthy").asInt()));
        }
    }

    private void addEviction(AuditEvent event, PodName name) {
        if (event.uidPrecondition().isEmpty()) {
            unbound.add(event);
        }
        if (event.succeeded()) {
            evictions.add(new PodMoves.Eviction(event.time(), name));
        } else if (event.code() == 429) {
            refusals.add(event);
        }
    }
}
