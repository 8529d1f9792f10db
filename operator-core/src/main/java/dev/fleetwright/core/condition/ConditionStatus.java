package dev.fleetwright.core.condition;

/** The three values a condition can have, as Kubernetes spells them. */
public enum ConditionStatus {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    ConditionStatus(String text) {
        this.text = text;
    }

    public static ConditionStatus of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** True, False or Unknown. */
    public String text() {
        return text;
    }
}
