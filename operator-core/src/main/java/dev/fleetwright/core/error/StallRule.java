package dev.fleetwright.core.error;

import java.time.Duration;

/** When an error that does not go away means that there is no progress without help. */
public sealed interface StallRule {

    /** It always ends by itself, or is shown in another way. */
    record Never() implements StallRule {}

    /** Only a person can mend it. */
    record AtOnce() implements StallRule {}

    /** It may end by itself, but not after this long. */
    record After(Duration time) implements StallRule {}

    /** When the progress deadline of the kind has passed. */
    record AtDeadline() implements StallRule {}

    /** When it happened this often in a row; the reason then names what repetition means. */
    record InARow(int times, String reason) implements StallRule {}
}
