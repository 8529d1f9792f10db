package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.ManagedClusterSpec;
import dev.fleetwright.core.error.FleetException;
import java.util.List;
import java.util.Optional;

/** The one thing to do about a control plane now. */
sealed interface ControlPlaneDecision {
    /** Give it its owner reference. */
    record Link() implements ControlPlaneDecision {}

    /** Nothing may be written. */
    record Pause(String message) implements ControlPlaneDecision {}

    /** Something has to come first. */
    record Wait(String reason, String message) implements ControlPlaneDecision {}

    /** An operation runs, ours or not: look again soon. */
    record Follow(String message) implements ControlPlaneDecision {}

    /** Make the resource group, which is not there. */
    record CreateGroup() implements ControlPlaneDecision {}

    /** Note in the status that a creation may be attempted from now on, so that a deletion will look for it. */
    record Intend() implements ControlPlaneDecision {}

    /** Create the managed cluster with its first pools. */
    record Create(ManagedClusterSpec wanted, List<AgentPoolSpec> pools) implements ControlPlaneDecision {}

    /**
     * Change the managed cluster.
     *
     * @param kind Update, Upgrade or Repair
     * @param message the fields that differ
     */
    record Update(ManagedClusterSpec wanted, String kind, String message) implements ControlPlaneDecision {}

    /** Fetch the credential and store it. */
    record StoreKubeconfig() implements ControlPlaneDecision {}

    /** Show the error on: an operation ended with it, or its next try has not come. */
    record Fail(FleetException error) implements ControlPlaneDecision {}

    /** It takes a person. */
    record Refuse(String reason, String message) implements ControlPlaneDecision {}

    /** It is as it should be. */
    record Rest() implements ControlPlaneDecision {}

    /** Delete the managed cluster with all its pools. */
    record Delete(Optional<String> eTag) implements ControlPlaneDecision {}

    /** Delete the resource group: we made it, and nothing is in it. */
    record DeleteGroup() implements ControlPlaneDecision {}

    /** Let the object go. */
    record Leave(String reason, String message) implements ControlPlaneDecision {}
}
