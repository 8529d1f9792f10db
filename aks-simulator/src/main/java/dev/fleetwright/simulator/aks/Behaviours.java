package dev.fleetwright.simulator.aks;

/**
 * Answers to what nobody outside Azure knows for sure: the open questions of the protocol page that are switchable here.
 *
 * @param parallelPoolOperations whether operations on different pools of a cluster run side by side (question 1)
 * @param deletePreempts whether a cluster's DELETE ends a running operation instead of being refused (question 2)
 * @param poolDeleteDrains whether the deletion of a pool drains it first (question 5)
 * @param busyStatus HTTP status of the in-progress refusal, 409 or, as in older reports, 400 (question 9)
 */
public record Behaviours(
        boolean parallelPoolOperations, boolean deletePreempts, boolean poolDeleteDrains, int busyStatus) {
    public static Behaviours standard() {
        return new Behaviours(false, false, true, 409);
    }
}
