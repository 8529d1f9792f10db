package dev.fleetwright.simulator.autoscaler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.autoscaler.ClusterPicture.Budget;
import dev.fleetwright.simulator.autoscaler.PodPicture.Owner;
import dev.fleetwright.simulator.autoscaler.PodPicture.SafeToEvict;
import dev.fleetwright.simulator.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws clusters for tests: nodes with four processors, pods that want so many. */
final class Sketch {
    static final Resources FOUR_CPUS = new Resources(Map.of("cpu", 4000L, "memory", 16_000L, "pods", 30_000L));

    final List<NodePicture> nodes = new ArrayList<>();
    final List<PodPicture> pending = new ArrayList<>();
    final List<PodPicture> daemons = new ArrayList<>();
    final List<Budget> budgets = new ArrayList<>();
    final List<ClusterPicture.Priority> priorities = new ArrayList<>();

    static Profile profile(String... keysAndValues) {
        ObjectNode json = Json.object();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Profile.read(json);
    }

    static PodPicture pod(String name, long milliCpu) {
        return pod(name, milliCpu, Placement.ANYWHERE, Owner.CONTROLLER);
    }

    static PodPicture pod(String name, long milliCpu, Placement placement, Owner owner) {
        return new PodPicture(
                "default",
                name,
                Map.of("app", "web"),
                Resources.ofPod(Map.of("cpu", milliCpu)),
                placement,
                owner,
                Duration.ofMinutes(1),
                false,
                SafeToEvict.UNSAID);
    }

    static PodPicture in(String namespace, PodPicture pod) {
        return new PodPicture(
                namespace,
                pod.name(),
                pod.labels(),
                pod.requests(),
                pod.placement(),
                pod.owner(),
                pod.waiting(),
                pod.localStorage(),
                pod.safeToEvict());
    }

    static PodPicture saying(SafeToEvict word, PodPicture pod) {
        return new PodPicture(
                pod.namespace(),
                pod.name(),
                pod.labels(),
                pod.requests(),
                pod.placement(),
                pod.owner(),
                pod.waiting(),
                pod.localStorage(),
                word);
    }

    static NodeGroup group(String name, int min, int max, int target) {
        return new NodeGroup(name, min, max, target, List.of(), true, template(name));
    }

    static NodeGroup booting(NodeGroup group, String... machines) {
        return new NodeGroup(
                group.name(), group.min(), group.max(), group.target(), List.of(machines), true, group.template());
    }

    static NodeGroup.Template template(String name) {
        return new NodeGroup.Template(Map.of("agentpool", name), List.of(), FOUR_CPUS, List.of());
    }

    Sketch node(String name, String group, PodPicture... pods) {
        nodes.add(new NodePicture(
                name,
                group,
                Map.of("agentpool", group, "kubernetes.io/hostname", name),
                List.of(),
                FOUR_CPUS,
                true,
                Duration.ZERO,
                false,
                false,
                List.of(pods)));
        return this;
    }

    Sketch unready(String name, String group, Duration since) {
        nodes.add(new NodePicture(
                name, group, Map.of("agentpool", group), List.of(), FOUR_CPUS, false, since, false, false, List.of()));
        return this;
    }

    Sketch pending(PodPicture... pods) {
        pending.addAll(List.of(pods));
        return this;
    }

    ClusterPicture picture() {
        return new ClusterPicture(nodes, pending, daemons, budgets, priorities);
    }
}
