package dev.fleetwright.azure.throttle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One call, as the limits see it.
 *
 * @param subscription lower case, or empty text for calls outside a subscription
 * @param resource lower case: the resource whose own bucket a {@link Limit} with that scope uses
 * @param cluster lower case: the managed cluster the call is about, from which its region follows
 * @param region the region named in the call itself; empty when it names none
 * @param arm the ARM limit that counts it
 * @param provider the AKS limit that counts it too, when it reaches AKS
 */
public record ArmCall(
        String subscription,
        String resource,
        Optional<String> cluster,
        Optional<String> region,
        Limit arm,
        Optional<Limit> provider) {
    private static final String CONTAINER_SERVICE = "microsoft.containerservice";

    /**
     * Classifies a call.
     *
     * @param method upper case
     * @param path the URL's path, such as {@code /subscriptions/...}
     */
    public static ArmCall of(String method, String path) {
        List<String> segments =
                List.of(path.toLowerCase(Locale.ROOT).replaceAll("^/+|/+$", "").split("/+"));
        String subscription = segments.size() > 1 && segments.getFirst().equals("subscriptions") ? segments.get(1) : "";
        Optional<String> cluster = cluster(segments);
        return new ArmCall(
                subscription,
                '/' + String.join("/", segments),
                cluster,
                after(segments, "locations"),
                arm(method),
                provider(method, segments, cluster.isPresent()));
    }

    private static Limit arm(String method) {
        return switch (method) {
            case "GET", "HEAD" -> Limit.ARM_READ;
            case "DELETE" -> Limit.ARM_DELETE;
            default -> Limit.ARM_WRITE;
        };
    }

    private static Optional<Limit> provider(String method, List<String> segments, boolean ofCluster) {
        int provider = segments.lastIndexOf("providers");
        if (provider < 0
                || provider + 2 >= segments.size()
                || !segments.get(provider + 1).equals(CONTAINER_SERVICE)) {
            return Optional.empty();
        }
        List<String> rest = segments.subList(provider + 2, segments.size());
        boolean get = method.equals("GET");
        boolean put = method.equals("PUT");
        if (rest.contains("operations") || rest.contains("operationresults")) {
            return Optional.of(Limit.AKS_OPERATION);
        }
        if (rest.equals(List.of("managedclusters")) && get) {
            return Optional.of(
                    segments.contains("resourcegroups") ? Limit.AKS_LIST_GROUP : Limit.AKS_LIST_SUBSCRIPTION);
        }
        if (ofCluster && rest.size() == 2 && (get || put)) {
            return Optional.of(get ? Limit.AKS_GET_CLUSTER : Limit.AKS_PUT_CLUSTER);
        }
        if (ofCluster && rest.size() == 4 && rest.get(2).equals("agentpools") && put) {
            return Optional.of(Limit.AKS_PUT_POOL);
        }
        return Optional.of(Limit.AKS_OTHER);
    }

    private static Optional<String> cluster(List<String> segments) {
        int at = segments.indexOf("managedclusters");
        return at >= 0 && at + 1 < segments.size()
                ? Optional.of('/' + String.join("/", segments.subList(0, at + 2)))
                : Optional.empty();
    }

    private static Optional<String> after(List<String> segments, String name) {
        int at = segments.indexOf(name);
        return at >= 0 && at + 1 < segments.size() ? Optional.of(segments.get(at + 1)) : Optional.empty();
    }
}
