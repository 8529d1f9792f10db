package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.nodepool.replacement.Step.Enter;
import dev.fleetwright.nodepool.replacement.Step.Finish;
import dev.fleetwright.nodepool.replacement.Step.Wait;
import dev.fleetwright.nodepool.replacement.Step.Why;
import java.time.Instant;
import java.util.Optional;

/**
 * The state machine of a replacement. Pure: the same observation gives the same step. Whatever was done is seen in the
 * observation, so it does not matter how often or by which process it is asked.
 */
public final class ReplacementMachine {
    private ReplacementMachine() {}

    /** The step for this observation. */
    public static Decision decide(Observation seen) {
        Phase phase = seen.phase();
        if (phase.ended()) {
            return Decision.of(new Wait(Why.OVER, "", Optional.empty()));
        }
        if (seen.hold().isPresent()) {
            Observation.Hold hold = seen.hold().get();
            Why why = hold.reason().equals(Why.PAUSED.reason()) ? Why.PAUSED : Why.CLUSTER_DELETING;
            return Decision.of(new Wait(why, hold.message(), Optional.empty()));
        }
        if (seen.status().startedAt() == null) {
            return Decision.of(new Enter(Phase.PLANNING));
        }
        Optional<Step> intents = Intents.open(seen);
        if (intents.isPresent()) {
            return Decision.of(intents.get());
        }
        if (seen.superseded().isPresent() && phase.beforeCommit()) {
            return Decision.of(
                    new Finish(Phase.SUPERSEDED, "Superseded", seen.superseded().get()));
        }
        return switch (phase) {
            case PLANNING, FENCING_AUTOSCALER, CREATING_TARGET, WAITING_FOR_NODES ->
                Decision.of(Preparation.decide(seen));
            case REPELLING, DRAINING, BATCH_SOAKING, FINAL_SOAKING -> Emptying.decide(seen);
            case DELETING_SOURCES, UNFENCING -> Decision.of(Removal.decide(seen));
            case COMPLETED, SUPERSEDED -> Decision.of(new Wait(Why.OVER, "", Optional.empty()));
        };
    }

    static Step unreachable(Observation seen) {
        return new Wait(Why.UNREACHABLE, seen.disconnected(), Optional.empty());
    }

    static Step waitUntil(Why why, String message, Instant until) {
        return new Wait(why, message, Optional.of(until));
    }

    static Step waitFor(Why why, String message) {
        return new Wait(why, message, Optional.empty());
    }
}
