package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.Durations;
import dev.fleetwright.api.Share;
import dev.fleetwright.api.v1alpha1.ReplacementPolicy;
import dev.fleetwright.nodepool.drain.DrainPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a replacement goes about, with defaults filled in.
 *
 * @param batch nodes drained at once
 * @param batchSoak quiet time after each batch
 * @param finalSoak how long the drained nodes are kept
 */
public record RunPolicy(Share batch, Duration batchSoak, Duration finalSoak, DrainPolicy drain) {
    private static final RunPolicy DEFAULT =
            new RunPolicy(new Share(25, true), Duration.ZERO, Duration.ofMinutes(1), DrainPolicy.DEFAULT);

    /** Reads the spec; what is not set takes the default. */
    public static RunPolicy of(@Nullable ReplacementPolicy policy) {
        if (policy == null) {
            return DEFAULT;
        }
        return new RunPolicy(
                policy.batchSize() == null ? DEFAULT.batch : Share.parse(policy.batchSize()),
                policy.batchSoak() == null ? DEFAULT.batchSoak : Durations.parse(policy.batchSoak()),
                policy.finalSoak() == null ? DEFAULT.finalSoak : Durations.parse(policy.finalSoak()),
                DrainPolicy.of(policy.drain()));
    }
}
