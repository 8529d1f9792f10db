package dev.fleetwright.simulator.upgrade;

import java.util.List;

/** What is to be done next in a rolling upgrade. */
public sealed interface UpgradeStep {
    /** Boot this many surge nodes, with the new version. */
    record AddSurge(int count) implements UpgradeStep {}

    /** Cordon, drain, soak and re-image these nodes, side by side. */
    record Replace(List<String> nodes) implements UpgradeStep {}

    /** Nothing until something changes. */
    record Wait() implements UpgradeStep {}

    /** Drain these surge nodes and take them away. */
    record RemoveSurge(List<String> nodes) implements UpgradeStep {}

    /** It is over. Blocked nodes are those that still run the old version. */
    record Finish(Result result, List<String> blocked) implements UpgradeStep {}

    /** How an upgrade ends. */
    enum Result {
        SUCCEEDED,
        /** Some nodes could not be drained. */
        FAILED,
        /** There were too few surge nodes to stand in for all that could not be drained. */
        CANCELED
    }
}
