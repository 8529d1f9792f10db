package dev.fleetwright.nodepool.replacement;

import org.jspecify.annotations.Nullable;

/** Where a replacement is. The text stands in status.phase. */
public enum Phase {
    PLANNING("Planning"),
    FENCING_AUTOSCALER("FencingAutoscaler"),
    CREATING_TARGET("CreatingTarget"),
    WAITING_FOR_NODES("WaitingForNodes"),
    REPELLING("Repelling"),
    DRAINING("Draining"),
    BATCH_SOAKING("BatchSoaking"),
    FINAL_SOAKING("FinalSoaking"),
    DELETING_SOURCES("DeletingSources"),
    UNFENCING("Unfencing"),
    COMPLETED("Completed"),
    SUPERSEDED("Superseded");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** As in status.phase. */
    public String text() {
        return text;
    }

    /** From status.phase; Planning for nothing and for a text that another version wrote. */
    public static Phase of(@Nullable String text) {
        for (Phase phase : values()) {
            if (phase.text.equals(text)) {
                return phase;
            }
        }
        return PLANNING;
    }

    /** True while nothing was deleted yet: everything can still be rolled back by uncordoning. */
    public boolean beforeCommit() {
        return compareTo(DELETING_SOURCES) < 0;
    }

    public boolean ended() {
        return this == COMPLETED || this == SUPERSEDED;
    }
}
