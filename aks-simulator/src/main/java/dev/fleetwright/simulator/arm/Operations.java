package dev.fleetwright.simulator.arm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of a subscription: all that run, and the latest of those that have ended. Guarded by its lock. */
final class Operations {
    /** Enough for the evidence of a long day; some 400 bytes each. */
    private static final int ENDED = 20_000;

    private final Subscription subscription;
    private final Map<String, Operation> byId = new LinkedHashMap<>();
    private int ended;
    private long latest;

    Operations(Subscription subscription) {
        this.subscription = subscription;
    }

    long nextNumber() {
        return latest + 1;
    }

    void add(Operation operation) {
        latest = Math.max(latest, operation.number());
        byId.put(operation.id(), operation);
        ended += operation.running() ? 0 : 1;
    }

    Optional<Operation> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<Operation> all() {
        return new ArrayList<>(byId.values());
    }

    /** Called when one has ended: forgets the oldest of too many. */
    void trim() {
        ended++;
        var oldest = byId.values().iterator();
        while (ended > ENDED && oldest.hasNext()) {
            Operation candidate = oldest.next();
            if (!candidate.running()) {
                oldest.remove();
                subscription.forgotten(candidate.keptAt());
                ended--;
            }
        }
    }
}
