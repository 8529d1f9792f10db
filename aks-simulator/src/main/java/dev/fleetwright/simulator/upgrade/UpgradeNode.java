package dev.fleetwright.simulator.upgrade;

/**
 * One node of the pool that is being upgraded.
 *
 * @param surge whether the upgrade added it
 * @param joined whether its machine has booted and its node is there
 * @param upToDate whether it runs what the pool is to run
 */
public record UpgradeNode(String name, boolean surge, boolean joined, boolean upToDate, Mark mark) {
    /** Where the upgrade has got to with a node. */
    public enum Mark {
        /** It is not this upgrade's turn yet, or it is done. */
        NONE,
        /** It is being drained, soaked or re-imaged. */
        BUSY,
        /** It could not be drained in time and keeps what it runs. */
        BLOCKED
    }
}
