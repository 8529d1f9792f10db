package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.v1alpha1.BlockedPod;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sentence that names blocked pods: grouped, sorted, bounded, with points in time and never ages, so that the same
 * state always gives the same text and no write. Bounds as in Cluster API: three pods per group, five groups.
 */
public final class BlockedReport {
    private static final int MOST_PODS = 3;
    private static final int MOST_GROUPS = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BlockedReport() {}

    /** One text for all of them; empty when there are none. */
    public static String of(List<BlockedPod> pods) {
        Map<String, List<BlockedPod>> groups = new TreeMap<>();
        for (BlockedPod pod : pods) {
            groups.computeIfAbsent(cause(pod), cause -> new ArrayList<>()).add(pod);
        }
        List<String> parts = groups.entrySet().stream()
                .limit(MOST_GROUPS)
                .map(group -> sentence(group.getKey(), group.getValue()))
                .toList();
        int more = groups.size() - parts.size();
        return String.join("; ", parts) + (more > 0 ? "; and " + more + " more causes" : "");
    }

    private static String cause(BlockedPod pod) {
        BlockReason reason = BlockReason.of(Objects.requireNonNullElse(pod.reason(), ""));
        String budget = pod.budget();
        StringBuilder text = new StringBuilder(reason.words());
        if (budget != null) {
            text.append(' ').append(budget);
        }
        if (pod.healthyNeeded() != null && pod.healthyPresent() != null) {
            text.append(" (needs ").append(pod.healthyNeeded()).append(" healthy, has ");
            text.append(pod.healthyPresent()).append(')');
        } else if (pod.message() != null) {
            text.append(' ').append(pod.message());
        }
        return text.toString();
    }

    private static String sentence(String cause, List<BlockedPod> pods) {
        List<String> names = pods.stream()
                .map(pod -> pod.namespace() + "/" + pod.name())
                .sorted()
                .limit(MOST_PODS)
                .toList();
        int more = pods.size() - names.size();
        return pods.size() + (pods.size() == 1 ? " pod " : " pods ") + cause + ": " + String.join(", ", names)
                + (more > 0 ? " and " + more + " more" : "") + deadline(pods);
    }

    private static String deadline(List<BlockedPod> pods) {
        BlockedPod first = pods.stream()
                .filter(pod -> pod.deadline() != null)
                .min(Comparator.comparing(pod -> orNow(pod.deadline())))
                .orElse(null);
        if (first == null) {
            return "";
        }
        String then = "Delete".equals(first.nextAction()) ? "then deleted past its budget" : "then Stalled";
        return ", deadline " + TIME.format(orNow(first.deadline())) + " " + then;
    }

    private static Instant orNow(@Nullable Instant deadline) {
        return deadline == null ? Instant.MAX : deadline;
    }
}
