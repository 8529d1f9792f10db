package dev.fleetwright.nodepool.drain;

/** Why a pod cannot move now; the text is API: it stands in status.blockedPods. */
public enum BlockReason {
    /** Its PodDisruptionBudget allows no disruption now. */
    BUDGET_CLOSED("BudgetClosed", "refused by PDB"),
    /** The API server has not processed the latest spec of its budget. */
    BUDGET_NOT_OBSERVED("BudgetNotObserved", "waiting until the server has processed PDB"),
    /** More than one budget selects it: the eviction API answers 500, whatever the budgets say. */
    SEVERAL_BUDGETS("SeveralBudgets", "selected by more than one PDB, which the eviction API refuses:"),
    /** Its owner has fewer ready pods than it may have while one more moves. */
    OWNER_NOT_READY("OwnerNotReady", "waiting until the owner is ready again:"),
    /** It asked to run to its end, by label. */
    WAIT_COMPLETED("WaitCompleted", "running to their end by label"),
    /** Deleted, but still there long after its grace period. */
    STUCK_TERMINATING("StuckTerminating", "deleted but still there"),
    /** The API server refused for another reason. */
    REFUSED("Refused", "refused by the API server");

    private final String reason;
    private final String words;

    BlockReason(String reason, String words) {
        this.reason = reason;
        this.words = words;
    }

    /** As in status.blockedPods. */
    public String reason() {
        return reason;
    }

    /** As in a sentence that starts with a number of pods. */
    String words() {
        return words;
    }

    /** The one of this name; REFUSED for a text that a later version wrote. */
    static BlockReason of(String reason) {
        for (BlockReason known : values()) {
            if (known.reason.equals(reason)) {
                return known;
            }
        }
        return REFUSED;
    }
}
