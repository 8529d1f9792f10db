package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The published token buckets: one per (code, scope), refilled in Azure time.
 *
 * <p>The region is left out: a subscription here has its clusters in one region most of the time, and a shared bucket is
 * the stricter of the two.
 */
public final class Budgets {
    private enum Scope {
        SUBSCRIPTION,
        RESOURCE,
        CALLER
    }

    /** @param perSecond refill in tokens per second of Azure time */
    private record Limit(int burst, double perSecond, Scope scope) {}

    private static final Map<String, Limit> AKS = Map.of(
            "L-sub", new Limit(500, 1, Scope.SUBSCRIPTION),
            "L-rg", new Limit(60, 1, Scope.RESOURCE),
            "P-mc", new Limit(20, 1 / 60.0, Scope.RESOURCE),
            "P-ap", new Limit(20, 1 / 60.0, Scope.RESOURCE),
            "G-mc", new Limit(60, 1, Scope.RESOURCE),
            "OP", new Limit(200, 2, Scope.SUBSCRIPTION),
            "X", new Limit(60, 1, Scope.SUBSCRIPTION));

    private static final Map<String, Limit> ARM = Map.of(
            "reads", new Limit(250, 25, Scope.CALLER),
            "writes", new Limit(200, 10, Scope.CALLER),
            "deletes", new Limit(200, 10, Scope.CALLER));

    private final boolean enforced;
    private final Timeline timeline;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    public Budgets(boolean enforced, Timeline timeline) {
        this.enforced = enforced;
        this.timeline = timeline;
    }

    /** Takes one token of each bucket that the call falls into, or refuses with the time to wait. */
    void spend(Call call, Route route, String subscriptionId, String caller) {
        if (!enforced) {
            return;
        }
        String kind = kind(call.method());
        take(kind, ARM.get(kind), call, subscriptionId, caller, "SubscriptionRequestsThrottled", true);
        take(route.bucket(), AKS.get(route.bucket()), call, subscriptionId, caller, "Throttled", false);
    }

    private void take(
            String code,
            @Nullable Limit limit,
            Call call,
            String subscriptionId,
            String caller,
            String errorCode,
            boolean wrapped) {
        if (limit == null) {
            return;
        }
        String scope = switch (limit.scope()) {
            case SUBSCRIPTION -> subscriptionId;
            case RESOURCE -> call.path().toLowerCase(Locale.ROOT);
            case CALLER -> subscriptionId + " " + caller;
        };
        Duration wait = buckets.computeIfAbsent(code + " " + scope, key -> new Bucket(limit, timeline.now()))
                .take(timeline);
        if (wait.isZero()) {
            return;
        }
        long seconds = Math.max(1, timeline.scaled(wait).plusMillis(999).toSeconds());
        String message = "The request is being throttled as the limit has been reached for operation type " + code
                + ". Retry after " + seconds + " seconds.";
        var error = new ArmError(errorCode, message);
        var reply = wrapped ? error.wrapped(429) : error.unwrapped(429).reply();
        throw new Refusal(message, reply.with("Retry-After", Long.toString(seconds)));
    }

    /** What is left of the caller's budget, for the header that tells it. */
    int remaining(String method, String subscriptionId, String caller) {
        String kind = kind(method);
        Bucket bucket = buckets.get(kind + " " + subscriptionId + " " + caller);
        Limit limit = ARM.get(kind);
        return bucket != null ? bucket.left() : limit == null ? 0 : limit.burst();
    }

    static String kind(String method) {
        return switch (method) {
            case "GET", "HEAD" -> "reads";
            case "DELETE" -> "deletes";
            default -> "writes";
        };
    }

    private static final class Bucket {
        private final Limit limit;
        private double tokens;
        private Instant since;

        Bucket(Limit limit, Instant now) {
            this.limit = limit;
            this.tokens = limit.burst();
            this.since = now;
        }

        /** Zero when a token was taken, else the Azure time until there is one. */
        synchronized Duration take(Timeline timeline) {
            Instant now = timeline.now();
            double passed = timeline.azureTime(Duration.between(since, now)).toNanos() / 1e9;
            tokens = Math.min(limit.burst(), tokens + Math.max(0, passed) * limit.perSecond());
            since = now;
            if (tokens >= 1) {
                tokens -= 1;
                return Duration.ZERO;
            }
            return Duration.ofNanos((long) ((1 - tokens) / limit.perSecond() * 1e9) + 1);
        }

        synchronized int left() {
            return (int) tokens;
        }
    }
}
