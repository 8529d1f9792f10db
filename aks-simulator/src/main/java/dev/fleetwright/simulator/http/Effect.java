package dev.fleetwright.simulator.http;

import java.time.Duration;

/**
 * What an armed fault does to a call.
 *
 * <p>{@code afterwards}: whether the call has its effect first, so that the client is wrong in believing that it failed.
 */
public sealed interface Effect {
    /** Nothing but what the rule's latency does. */
    record Nothing() implements Effect {}

    /** Another answer than the right one. */
    record Answer(Reply reply, boolean afterwards) implements Effect {}

    /** No answer: the connection is closed. */
    record Silence(boolean afterwards) implements Effect {}

    /** No answer: the connection is reset. */
    record Reset(boolean afterwards) implements Effect {}

    /** Reads answer what was true up to this long ago, in Azure time. */
    record Stale(Duration age) implements Effect {}

    /** Of a list, only the first items come, and nothing tells that there are more. */
    record Partial(int keep) implements Effect {}

    /** Whether the call is not to reach its handler. */
    default boolean prevents() {
        return switch (this) {
            case Answer answer -> !answer.afterwards();
            case Silence silence -> !silence.afterwards();
            case Reset reset -> !reset.afterwards();
            case Nothing _, Stale _, Partial _ -> false;
        };
    }
}
