package dev.fleetwright.controllers.azureaccess;

import java.util.Map;

/** How the kinds of operations are told to people; one table. */
public final class OperationWords {
    private record Words(String reason, String doing) {}

    private static final Map<String, Words> TABLE = Map.of(
            "Create", new Words("Creating", "Azure creates it"),
            "Update", new Words("Updating", "Azure changes it"),
            "Repair", new Words("Retrying", "Azure tries the last change again"),
            "Upgrade", new Words("Upgrading", "Azure upgrades it"),
            "Scale", new Words("Scaling", "Azure scales it"),
            "Delete", new Words("Deleting", "Azure deletes it"),
            "DeleteGroup", new Words("Deleting", "Azure deletes the resource group"));

    private OperationWords() {}

    /** The reason of {@code Reconciling}. */
    public static String reason(String kind) {
        return words(kind).reason();
    }

    /** A part of a sentence. */
    public static String doing(String kind) {
        return words(kind).doing();
    }

    private static Words words(String kind) {
        return TABLE.getOrDefault(kind, new Words("Updating", "Azure works on it"));
    }
}
