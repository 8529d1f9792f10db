package dev.fleetwright.simulator.upgrade;

/** {@code undrainableNodeBehavior}: what becomes of nodes that cannot be drained in time (published specification). */
public enum Undrainable {
    /** They are made schedulable again and stay as they are; the upgrade goes on and fails in the end. */
    SCHEDULE,
    /** As before, but the upgrade stops there (a how-to page, against the specification). */
    SCHEDULE_AND_STOP,
    /** They stay cordoned under a label, and each keeps a surge node in its place. */
    CORDON;

    /** {@code Schedule} is the default; whether that one stops is an open question. */
    public static Undrainable read(String value, boolean scheduleStops) {
        if (value.equalsIgnoreCase("Cordon")) {
            return CORDON;
        }
        return scheduleStops ? SCHEDULE_AND_STOP : SCHEDULE;
    }
}
