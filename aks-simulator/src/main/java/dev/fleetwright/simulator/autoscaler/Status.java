package dev.fleetwright.simulator.autoscaler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the autoscaler tells of a scan, as its ConfigMap has said it since 1.30 (upstream), but for the times: whoever
 * publishes it knows since when each part is as it is.
 */
public record Status(boolean healthy, Nodes nodes, List<Group> groups) {
    /** What upstream puts on a node that it is taking away. */
    public static final String LEAVING = "ToBeDeletedByClusterAutoscaler";

    public Status {
        groups = List.copyOf(groups);
    }

    /**
     * Numbers of nodes.
     *
     * @param unregistered machines that are not nodes yet
     */
    record Nodes(int ready, int unready, int leaving, int unregistered) {
        static Nodes of(List<NodePicture> nodes, int unregistered) {
            int leaving = (int) nodes.stream().filter(Nodes::leaves).count();
            int ready = (int)
                    nodes.stream().filter(node -> node.ready() && !leaves(node)).count();
            return new Nodes(ready, nodes.size() - ready - leaving, leaving, unregistered);
        }

        private static boolean leaves(NodePicture node) {
            return node.taints().stream().anyMatch(taint -> taint.key().equals(LEAVING));
        }

        ObjectNode document() {
            var document = Json.object();
            ObjectNode registered = document.putObject("registered")
                    .put("total", ready + unready + leaving)
                    .put("ready", ready)
                    .put("notStarted", 0);
            if (leaving > 0) {
                registered.put("beingDeleted", leaving);
            }
            registered.putObject("unready").put("total", unready).put("resourceUnready", 0);
            return document.put("longUnregistered", 0).put("unregistered", unregistered);
        }
    }

    /** Whether a group grows. */
    enum Growth {
        IN_PROGRESS("InProgress"),
        BACK_OFF("Backoff"),
        NONE("NoActivity");

        private final String word;

        Growth(String word) {
            this.word = word;
        }

        static Growth of(NodeGroup group, Autoscaler.Decision decision, Instant now) {
            boolean grows = decision.actions().stream()
                    .anyMatch(action ->
                            action instanceof Action.Grow grow && grow.group().equals(group.name()));
            if (grows || !group.booting().isEmpty()) {
                return IN_PROGRESS;
            }
            Instant until = decision.memory().backedOff().getOrDefault(group.name(), Instant.MIN);
            return until.isAfter(now) ? BACK_OFF : NONE;
        }
    }

    /** @param candidates nodes that it could do without */
    record Group(
            String name, boolean healthy, Nodes nodes, int target, int min, int max, Growth growth, int candidates) {
        ObjectNode document() {
            var document = Json.object().put("name", name);
            health(document, healthy, nodes)
                    .put("cloudProviderTarget", target)
                    .put("minSize", min)
                    .put("maxSize", max);
            document.putObject("scaleUp").put("status", growth.word).putObject("backoffInfo");
            shrinking(document, candidates);
            return document;
        }
    }

    /**
     * What a scan comes to.
     *
     * @param names what the cloud calls a group
     */
    public static Status of(
            ClusterPicture picture,
            List<NodeGroup> groups,
            Autoscaler.Decision decision,
            Profile profile,
            Instant now,
            UnaryOperator<String> names) {
        int booting = groups.stream().mapToInt(group -> group.booting().size()).sum();
        return new Status(
                profile.healthy(picture.nodes()),
                Nodes.of(picture.nodes(), booting),
                groups.stream()
                        .map(group -> group(group, picture, decision, profile, now, names))
                        .toList());
    }

    private static Group group(
            NodeGroup group,
            ClusterPicture picture,
            Autoscaler.Decision decision,
            Profile profile,
            Instant now,
            UnaryOperator<String> names) {
        var nodes = picture.nodes().stream()
                .filter(node -> node.group().equals(group.name()))
                .toList();
        long candidates = nodes.stream()
                .filter(node -> decision.memory().unneeded().containsKey(node.name()))
                .count();
        return new Group(
                names.apply(group.name()),
                profile.healthy(nodes),
                Nodes.of(nodes, group.booting().size()),
                group.target(),
                group.min(),
                group.max(),
                Growth.of(group, decision, now),
                (int) candidates);
    }

    /** Without times; what has a {@code status} has times in the end. */
    public ObjectNode document() {
        var document = Json.object().put("autoscalerStatus", "Running");
        ObjectNode all = document.putObject("clusterWide");
        health(all, healthy, nodes);
        boolean grows = groups.stream().anyMatch(group -> group.growth() == Growth.IN_PROGRESS);
        all.putObject("scaleUp").put("status", grows ? Growth.IN_PROGRESS.word : Growth.NONE.word);
        shrinking(all, groups.stream().mapToInt(Group::candidates).sum());
        var list = document.putArray("nodeGroups");
        groups.forEach(group -> list.add(group.document()));
        return document;
    }

    private static ObjectNode health(ObjectNode document, boolean healthy, Nodes nodes) {
        ObjectNode health = document.putObject("health").put("status", healthy ? "Healthy" : "Unhealthy");
        health.set("nodeCounts", nodes.document());
        return health;
    }

    private static void shrinking(ObjectNode document, int candidates) {
        ObjectNode shrinking =
                document.putObject("scaleDown").put("status", candidates > 0 ? "CandidatesPresent" : "NoCandidates");
        if (candidates > 0) {
            shrinking.put("candidates", candidates);
        }
    }
}
