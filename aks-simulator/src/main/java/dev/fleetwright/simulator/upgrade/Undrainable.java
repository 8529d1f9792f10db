package dev.fleetwright.simulator.upgrade;

/** {@code undrainableNodeBehavior}: what becomes of nodes that cannot be drained in time (published specification). */
public enum Undrainable {
    /** They are made schedulable again and stay as they are; the upgrade goes on and fails in the end. */
    SCHEDULE,
    /** They stay cordoned under a label, and each keeps a surge node in its place. */
    CORDON;

    /** {@code Schedule} is the default. */
    public static Undrainable read(String value) {
        return value.equalsIgnoreCase("Cordon") ? CORDON : SCHEDULE;
    }
}
