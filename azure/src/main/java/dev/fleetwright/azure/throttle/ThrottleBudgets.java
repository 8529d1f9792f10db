package dev.fleetwright.azure.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All buckets of one identity in one process. Every call asks before it is made; a call that finds a bucket empty is not
 * made and costs nothing, in any of its buckets.
 *
 * <p>Safe for threads; nobody waits in here.
 */
public final class ThrottleBudgets {
    /** Above this many buckets, those that are full again are forgotten: a full bucket and a new one are the same. */
    private static final int SWEEP_ABOVE = 4096;

    private record Key(Limit limit, String scope) {}

    private final double timeScale;
    private final Map<Key, TokenBucket> buckets = new HashMap<>();
    private final Map<String, String> regionByCluster = new HashMap<>();

    /** @param timeScale how many times faster than real Azure the refills are */
    public ThrottleBudgets(double timeScale) {
        this.timeScale = timeScale;
    }

    /** Whether a call may be made. */
    public sealed interface Admission {
        /** It may, and is counted. */
        record Granted() implements Admission {}

        /**
         * It may not.
         *
         * @param limit the limit that would be broken
         * @param retryAfter when it would pass if nobody else called meanwhile; above zero
         */
        record Refused(Limit limit, Duration retryAfter) implements Admission {}
    }

    /** Asks for one call, and counts it when granted. */
    public synchronized Admission tryTake(ArmCall call, Instant now) {
        List<TokenBucket> taken = new ArrayList<>();
        Admission.Refused worst = null;
        for (Limit limit : limits(call)) {
            TokenBucket bucket = bucket(limit, call, now);
            taken.add(bucket);
            Duration wait = bucket.untilFree(now);
            if (wait.isPositive() && (worst == null || wait.compareTo(worst.retryAfter()) > 0)) {
                worst = new Admission.Refused(limit, wait);
            }
        }
        if (worst != null) {
            return worst;
        }
        taken.forEach(TokenBucket::take);
        return new Admission.Granted();
    }

    /**
     * Azure answered 429: the whole bucket stays closed that long, for every caller.
     *
     * @param byGateway whether ARM itself refused, not AKS behind it
     */
    public synchronized void refusedByAzure(ArmCall call, boolean byGateway, Duration retryAfter, Instant now) {
        Limit limit = byGateway ? call.arm() : call.provider().orElse(call.arm());
        bucket(limit, call, now).closeUntil(now.plus(retryAfter), now);
    }

    /** Remembers in which region a cluster stands, since its URL does not tell; until known it shares a bucket of its own kind. */
    public synchronized void clusterIsIn(String clusterID, String region) {
        regionByCluster.put(clusterID.toLowerCase(Locale.ROOT), region.toLowerCase(Locale.ROOT));
    }

    private static List<Limit> limits(ArmCall call) {
        Optional<Limit> provider = call.provider();
        return provider.map(limit -> List.of(call.arm(), limit)).orElseGet(() -> List.of(call.arm()));
    }

    private TokenBucket bucket(Limit limit, ArmCall call, Instant now) {
        if (buckets.size() > SWEEP_ABOVE) {
            buckets.values().removeIf(b -> b.rested(now));
        }
        return buckets.computeIfAbsent(
                new Key(limit, scope(limit, call)),
                k -> new TokenBucket(limit.burst(), limit.refillPerSecond() * timeScale, now));
    }

    private String scope(Limit limit, ArmCall call) {
        return switch (limit.scope()) {
            case SUBSCRIPTION -> call.subscription();
            case SUBSCRIPTION_AND_REGION ->
                call.subscription()
                        + '|'
                        + call.region()
                                .or(() -> call.cluster().map(regionByCluster::get))
                                .orElse("");
            case RESOURCE -> call.resource();
        };
    }
}
