package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.core.error.FleetException;
import java.util.Optional;

/** The one thing to do about a pool now. */
sealed interface PoolDecision {
    /** Give it its owner reference. */
    record Link() implements PoolDecision {}

    /** Nothing may be written. */
    record Pause(String message) implements PoolDecision {}

    /** Something has to come first. */
    record Wait(String reason, String message) implements PoolDecision {}

    /** An operation runs, ours or not: look again soon. */
    record Follow(String message) implements PoolDecision {}

    /** Create the agent pool. */
    record Create(AgentPoolSpec wanted) implements PoolDecision {}

    /**
     * Change the agent pool.
     *
     * @param kind Update, Upgrade, Scale or Repair
     * @param message the fields that differ
     */
    record Update(AgentPoolSpec wanted, String kind, String message) implements PoolDecision {}

    /** Show the error on: an operation ended with it, or its next try has not come. */
    record Fail(FleetException error) implements PoolDecision {}

    /** It takes a person. */
    record Refuse(String reason, String message) implements PoolDecision {}

    /** It is as it should be. */
    record Rest() implements PoolDecision {}

    /** Delete the agent pool. */
    record Delete(Optional<String> eTag) implements PoolDecision {}

    /** Let the object go. */
    record Leave(String reason, String message) implements PoolDecision {}
}
