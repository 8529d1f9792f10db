package dev.fleetwright.azure;

import java.util.Optional;

/**
 * Whether a child resource exists, from a positive answer of Azure about that very id.
 *
 * <p>An error, a throttled call and an answer that names something else are never one of these: they are thrown.
 */
public sealed interface Presence<T> {
    /** It exists. */
    record Present<T>(T value) implements Presence<T> {}

    /** Its parent exists, it does not. */
    record Absent<T>() implements Presence<T> {}

    /** The parent itself (the managed cluster, or the resource group around it) does not exist. */
    record ParentAbsent<T>() implements Presence<T> {}

    /** The value, when present. */
    default Optional<T> toOptional() {
        return switch (this) {
            case Present<T>(T value) -> Optional.of(value);
            case Absent<T>() -> Optional.empty();
            case ParentAbsent<T>() -> Optional.empty();
        };
    }
}
