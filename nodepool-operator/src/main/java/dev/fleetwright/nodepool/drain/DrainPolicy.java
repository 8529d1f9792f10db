package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.Durations;
import dev.fleetwright.api.Share;
import dev.fleetwright.api.v1alpha1.ReplacementPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How pods are moved, with defaults filled in.
 *
 * @param podDeadline how long one pod may refuse to move before {@code onDeadline} applies
 * @param withoutBudget how many pods of one owner without a budget may be away at once
 * @param settle how long an owner may take to be ready again before that is reported
 */
public record DrainPolicy(Duration podDeadline, OnDeadline onDeadline, Share withoutBudget, Duration settle) {
    /** What is done about a pod that refused for too long. */
    public enum OnDeadline {
        /** Reported as Stalled; evictions are tried on. */
        WAIT,
        /** Deleted past its budget, with its own grace period. */
        DELETE
    }

    /** One hour, then wait; a quarter of an owner's pods; ten minutes. */
    public static final DrainPolicy DEFAULT =
            new DrainPolicy(Duration.ofHours(1), OnDeadline.WAIT, new Share(25, true), Duration.ofMinutes(10));

    /** Reads the spec; what is not set takes the default. */
    public static DrainPolicy of(ReplacementPolicy.@Nullable Drain drain) {
        if (drain == null) {
            return DEFAULT;
        }
        return new DrainPolicy(
                drain.podDeadline() == null ? DEFAULT.podDeadline : Durations.parse(drain.podDeadline()),
                "Delete".equals(drain.onDeadline()) ? OnDeadline.DELETE : OnDeadline.WAIT,
                drain.maxUnavailableWithoutBudget() == null
                        ? DEFAULT.withoutBudget
                        : Share.parse(drain.maxUnavailableWithoutBudget()),
                drain.settleTimeout() == null ? DEFAULT.settle : Durations.parse(drain.settleTimeout()));
    }
}
