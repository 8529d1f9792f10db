package dev.fleetwright.simulator.autoscaler;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster's {@code autoScalerProfile}, with the documented defaults for what is not set. Durations are Azure time.
 *
 * @param utilizationThreshold share of requests below which a node may go, 0 to 1
 * @param maxUnreadyPercent with more unready nodes than this, and than {@code okUnready}, nothing is scaled
 */
public record Profile(
        Duration scanInterval,
        Duration newPodDelay,
        Duration delayAfterAdd,
        Duration delayAfterDelete,
        Duration delayAfterFailure,
        Duration unneededTime,
        Duration unreadyTime,
        Duration maxProvisionTime,
        Duration maxGraceful,
        double utilizationThreshold,
        int maxEmptyBulkDelete,
        int maxUnreadyPercent,
        int okUnready,
        boolean balanceSimilar,
        boolean ignoreDaemonSets,
        boolean skipLocalStorage,
        boolean skipSystemPods,
        Expander expander) {
    /** Which of several groups that would help is enlarged. */
    public enum Expander {
        RANDOM,
        LEAST_WASTE,
        MOST_PODS,
        PRIORITY
    }

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    /** Reads the properties of the API, whose values are text or of their own type. */
    public static Profile read(JsonNode json) {
        Duration scan = duration(json, "scan-interval", "10s");
        return new Profile(
                scan,
                duration(json, "new-pod-scale-up-delay", "0s"),
                duration(json, "scale-down-delay-after-add", "10m"),
                duration(json, "scale-down-delay-after-delete", scan.toSeconds() + "s"),
                duration(json, "scale-down-delay-after-failure", "3m"),
                duration(json, "scale-down-unneeded-time", "10m"),
                duration(json, "scale-down-unready-time", "20m"),
                duration(json, "max-node-provision-time", "15m"),
                Duration.ofSeconds(Long.parseLong(text(json, "max-graceful-termination-sec", "600"))),
                Double.parseDouble(text(json, "scale-down-utilization-threshold", "0.5")),
                Integer.parseInt(text(json, "max-empty-bulk-delete", "10")),
                Integer.parseInt(text(json, "max-total-unready-percentage", "45")),
                Integer.parseInt(text(json, "ok-total-unready-count", "3")),
                Boolean.parseBoolean(text(json, "balance-similar-node-groups", "false")),
                Boolean.parseBoolean(text(json, "ignore-daemonsets-utilization", "false")),
                Boolean.parseBoolean(text(json, "skip-nodes-with-local-storage", "false")),
                Boolean.parseBoolean(text(json, "skip-nodes-with-system-pods", "true")),
                Expander.valueOf(text(json, "expander", "random")
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')));
    }

    /** Whether so few nodes are unready that the autoscaler works at all. */
    boolean healthy(List<NodePicture> nodes) {
        long unready = nodes.stream().filter(node -> !node.ready()).count();
        return unready <= okUnready || unready * 100 <= (long) maxUnreadyPercent * nodes.size();
    }

    private static String text(JsonNode json, String key, String otherwise) {
        return json.path(key).asText(otherwise);
    }

    /** A Go duration, such as 1h30m. */
    private static Duration duration(JsonNode json, String key, String otherwise) {
        Matcher parts = PART.matcher(text(json, key, otherwise));
        double seconds = 0;
        while (parts.find()) {
            double unit = switch (parts.group(2)) {
                case "ms" -> 0.001;
                case "s" -> 1;
                case "m" -> 60;
                default -> 3600;
            };
            seconds += unit * Double.parseDouble(parts.group(1));
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
