package dev.fleetwright.azure;

import org.jspecify.annotations.Nullable;

/**
 * One owned field whose value in Azure is not the wanted one.
 *
 * @param field its name in the spec, such as {@code labels} or {@code sku.tier}
 * @param wanted what the spec says
 * @param actual what Azure reports; null when it reports nothing
 * @param changeable whether Azure changes this field of an existing resource. When not, an update leaves it alone
 */
public record Difference(
        String field, Object wanted, @Nullable Object actual, boolean changeable) {
    @Override
    public String toString() {
        return field + ": " + (actual == null ? "not set" : actual) + " should be " + wanted;
    }
}
