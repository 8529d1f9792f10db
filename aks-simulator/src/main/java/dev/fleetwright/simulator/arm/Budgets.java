package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The published token buckets, refilled in Azure time. Thread-safe.
 *
 * <p>The AKS provider counts per region of the resource. ARM counts per region in which a call arrives; here all arrive in
 * one. Source: the limits that the vendor documents for both.
 */
public final class Budgets {
    /** What a bucket belongs to. */
    private enum Scope {
        /** Subscription and region of the resource. */
        SUBSCRIPTION_REGION,
        /** The path that is called. */
        RESOURCE,
        /** One caller in one subscription, or in the tenant where the call names no subscription. */
        CALLER,
        /** All callers of a subscription or tenant. */
        EVERYBODY
    }

    /** @param perSecond refill in tokens per second of Azure time */
    private record Limit(String code, int burst, double perSecond, Scope scope) {}

    /** "Global": all principals of a subscription together have so many times what one has. */
    private static final int GLOBAL = 15;

    private static final Map<String, Limit> AKS = byCode(
            new Limit("L-sub", 500, 1, Scope.SUBSCRIPTION_REGION),
            new Limit("L-rg", 60, 1, Scope.RESOURCE),
            new Limit("P-mc", 20, 1 / 60.0, Scope.RESOURCE),
            new Limit("P-ap", 20, 1 / 60.0, Scope.RESOURCE),
            new Limit("G-mc", 60, 1, Scope.RESOURCE),
            new Limit("OP", 200, 2, Scope.SUBSCRIPTION_REGION),
            new Limit("X", 60, 1, Scope.SUBSCRIPTION_REGION));

    /** The three classes of call that ARM tells apart. */
    private enum Kind {
        READS(250, 25),
        WRITES(200, 10),
        DELETES(200, 10);

        private final Limit caller;
        private final Limit everybody;

        Kind(int burst, int perSecond) {
            caller = new Limit(label(), burst, perSecond, Scope.CALLER);
            everybody = new Limit(label(), burst * GLOBAL, perSecond * GLOBAL, Scope.EVERYBODY);
        }

        final String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String method) {
            return switch (method) {
                case "GET", "HEAD" -> READS;
                case "DELETE" -> DELETES;
                default -> WRITES;
            };
        }
    }

    /** Above this, buckets that are full again are forgotten: they are as good as new ones. */
    private static final int KEPT = 20_000;

    private final boolean enforced;
    private final boolean wrapped;
    private final Timeline timeline;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * Whose budgets a call uses.
     *
     * @param subscriptionId empty for a call that names none
     * @param region of the resource; empty where it has none
     * @param caller application id
     */
    public record Payer(String tenantId, String subscriptionId, String region, String caller) {
        private String where() {
            return subscriptionId.isEmpty() ? "tenant " + tenantId : subscriptionId;
        }
    }

    /** @param wrapped whether the AKS provider wraps the error of its 429 (question 7 of the protocol page) */
    public Budgets(boolean enforced, boolean wrapped, Timeline timeline) {
        this.enforced = enforced;
        this.wrapped = wrapped;
        this.timeline = timeline;
    }

    private static Map<String, Limit> byCode(Limit... limits) {
        var table = new LinkedHashMap<String, Limit>();
        for (Limit limit : limits) {
            table.put(limit.code(), limit);
        }
        return table;
    }

    /** Takes one token of each bucket that the call falls into, or refuses with the time to wait. */
    void spend(Call call, Route route, Payer payer) {
        if (!enforced) {
            return;
        }
        Kind kind = Kind.of(call.method());
        for (Limit limit : List.of(kind.caller, kind.everybody)) {
            long seconds = take(limit, call, payer);
            if (seconds > 0) {
                throw refused(armError(kind.label(), seconds, payer).wrapped(429), seconds, payer);
            }
        }
        Limit limit = AKS.get(route.bucket());
        long seconds = limit == null ? 0 : take(limit, call, payer);
        if (seconds > 0) {
            var error = new ArmError(
                    "Throttled",
                    "The request is being throttled as the limit has been reached for operation type " + route.bucket()
                            + ". For more information, see - https://aka.ms/aksthrottle. Retry after " + seconds
                            + " seconds.");
            throw refused(wrapped ? error.wrapped(429) : error.unwrapped(429).reply(), seconds, payer);
        }
    }

    private static Refusal refused(Reply reply, long seconds, Payer payer) {
        return new Refusal("throttled", reply.with("Retry-After", Long.toString(seconds)), payer.caller());
    }

    private static ArmError armError(String kind, long seconds, Payer payer) {
        boolean tenant = payer.subscriptionId().isEmpty();
        return new ArmError(
                tenant ? "TenantRequestsThrottled" : "SubscriptionRequestsThrottled",
                "Number of '" + kind + "' requests for " + (tenant ? "tenant '" : "subscription '")
                        + (tenant ? payer.tenantId() : payer.subscriptionId()) + "' actor '" + payer.caller()
                        + "' exceeded. Please try again after '" + seconds
                        + "' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for"
                        + " additional information.");
    }

    /** 0 when a token was taken, else the seconds to wait here. */
    private long take(Limit limit, Call call, Payer payer) {
        String key = key(limit, call.path(), payer);
        if (buckets.size() > KEPT) {
            buckets.values().removeIf(bucket -> bucket.isFull(timeline));
        }
        Duration wait = buckets.computeIfAbsent(
                        key, first -> new Bucket(limit.burst(), limit.perSecond(), timeline.now()))
                .take(timeline);
        return wait.isZero()
                ? 0
                : Math.max(1, timeline.scaled(wait).plusMillis(999).toSeconds());
    }

    private static String key(Limit limit, String path, Payer payer) {
        return limit.code() + " "
                + switch (limit.scope()) {
                    case SUBSCRIPTION_REGION -> payer.where() + " in " + payer.region();
                    case RESOURCE -> path.toLowerCase(Locale.ROOT);
                    case CALLER -> payer.where() + " by " + payer.caller();
                    case EVERYBODY -> payer.where();
                };
    }

    /** What is left of the caller's budget and of everybody's, as headers. */
    Map<String, String> remaining(String method, Payer payer) {
        Kind kind = Kind.of(method);
        String scope = payer.subscriptionId().isEmpty() ? "tenant" : "subscription";
        var headers = new LinkedHashMap<String, String>();
        headers.put("x-ms-ratelimit-remaining-" + scope + "-" + kind.label(), left(kind.caller, payer));
        headers.put("x-ms-ratelimit-remaining-" + scope + "-global-" + kind.label(), left(kind.everybody, payer));
        return headers;
    }

    private String left(Limit limit, Payer payer) {
        Bucket bucket = buckets.get(key(limit, "", payer));
        return Integer.toString(bucket == null ? limit.burst() : bucket.left());
    }

    /** Every bucket that is not full, with the tokens left in it. */
    public ObjectNode evidence() {
        var document = Json.object();
        new TreeMap<>(buckets).forEach((key, bucket) -> {
            if (!bucket.isFull(timeline)) {
                document.put(key, bucket.left());
            }
        });
        return document;
    }
}
