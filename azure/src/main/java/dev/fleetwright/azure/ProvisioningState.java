package dev.fleetwright.azure;

import java.util.Locale;
import java.util.Set;

/**
 * A provisioning state as Azure spells it: a free string, compared without case.
 *
 * <p>A value nobody knows yet counts as "still running" (aks-protocol.md section 4).
 */
public record ProvisioningState(String value) {
    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "canceled");

    /** Whether no operation is running. */
    public boolean terminal() {
        return TERMINAL.contains(value.toLowerCase(Locale.ROOT));
    }

    public boolean succeeded() {
        return value.equalsIgnoreCase("Succeeded");
    }

    public boolean failed() {
        return value.equalsIgnoreCase("Failed");
    }

    public boolean canceled() {
        return value.equalsIgnoreCase("Canceled");
    }

    public boolean deleting() {
        return value.equalsIgnoreCase("Deleting");
    }

    @Override
    public String toString() {
        return value;
    }
}
