package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.NodePicture;
import dev.fleetwright.simulator.autoscaler.Placement;
import dev.fleetwright.simulator.autoscaler.PodPicture;
import dev.fleetwright.simulator.autoscaler.Requirement;
import dev.fleetwright.simulator.autoscaler.Resources;
import dev.fleetwright.simulator.autoscaler.Status;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.NodeCapacity;
import dev.fleetwright.simulator.backend.NodeChange;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A cluster in memory: nodes that can be closed, drained or not, and pods that each want a node for themselves. */
final class FakeCluster implements ClusterBackend {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private Timeline timeline;
    private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
    private final Map<String, PodPicture> pods = new TreeMap<>();
    private final List<PodPicture> pending = new ArrayList<>();

    /** Nodes that no drain empties. */
    final Set<String> undrainable = new TreeSet<>();

    final Set<String> cordoned = new TreeSet<>();
    final Map<String, NodeChange> lastChange = new TreeMap<>();

    /** What happened to nodes: "drain n", "remove n", "add n". */
    final List<String> log = new ArrayList<>();

    /** What the autoscaler said, in order, each thing once. */
    final Set<JsonNode> published = new LinkedHashSet<>();

    int mostNodes;

    FakeCluster(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Another simulator takes over, on a time of its own. */
    synchronized FakeCluster on(Timeline other) {
        timeline = other;
        return this;
    }

    synchronized List<String> nodes(String pool) {
        return nodes.values().stream()
                .filter(node -> pool.equals(node.labels().get("agentpool")))
                .map(NodeSpec::name)
                .toList();
    }

    synchronized List<String> versions(String pool) {
        return nodes(pool).stream()
                .map(name -> nodes.get(name).kubeletVersion())
                .distinct()
                .toList();
    }

    /** A pod that fills a node of eight processors in the pool. */
    synchronized void addPod(String name, String pool) {
        var placement =
                new Placement(List.of(Requirement.is("agentpool", pool)), List.of(), List.of(), List.of(), List.of());
        pending.add(new PodPicture(
                "default",
                name,
                Map.of(),
                Resources.ofPod(Map.of("cpu", 7_000L)),
                placement,
                PodPicture.Owner.CONTROLLER,
                Duration.ofMinutes(1),
                false,
                PodPicture.SafeToEvict.UNSAID));
        schedule();
    }

    synchronized void removePods() {
        pods.clear();
        pending.clear();
    }

    synchronized long running() {
        return pods.size();
    }

    private void schedule() {
        for (PodPicture pod : List.copyOf(pending)) {
            String pool = pod.placement().nodeLabels().getFirst().values().getFirst();
            nodes(pool).stream()
                    .filter(node -> !cordoned.contains(node) && !pods.containsKey(node))
                    .findFirst()
                    .ifPresent(node -> {
                        pods.put(node, pod);
                        pending.remove(pod);
                    });
        }
    }

    @Override
    public CompletionStage<Access> createCluster(String key) {
        return CompletableFuture.completedFuture(new Access("", "", Map.of()));
    }

    @Override
    public CompletionStage<Access> continueCluster(String key) {
        return createCluster(key);
    }

    @Override
    public CompletionStage<Void> stopCluster(String key) {
        return DONE;
    }

    @Override
    public CompletionStage<Access> stoppedCluster(String key) {
        return createCluster(key);
    }

    @Override
    public CompletionStage<Access> renewCluster(String key) {
        log.add("renew");
        return createCluster(key);
    }

    @Override
    public CompletionStage<Void> deleteCluster(String key) {
        return DONE;
    }

    @Override
    public synchronized CompletionStage<Void> addNode(String key, NodeSpec node) {
        log.add("add " + node.name());
        nodes.put(node.name(), node);
        mostNodes = Math.max(mostNodes, nodes.size());
        schedule();
        return DONE;
    }

    @Override
    public synchronized CompletionStage<Void> removeNode(String key, String node) {
        log.add("remove " + node);
        nodes.remove(node);
        cordoned.remove(node);
        move(node);
        return DONE;
    }

    private void move(String node) {
        PodPicture pod = pods.remove(node);
        if (pod != null) {
            pending.add(pod);
            schedule();
        }
    }

    @Override
    public CompletionStage<Void> relabelNode(String key, NodeSpec before, NodeSpec after) {
        return DONE;
    }

    @Override
    public synchronized CompletionStage<Optional<String>> drain(
            String key, List<String> names, Duration limit, boolean ignoreBudgets, BooleanSupplier wanted) {
        names.forEach(name -> log.add("drain " + name));
        cordoned.addAll(names);
        if (names.stream().anyMatch(undrainable::contains)) {
            return timeline.after(limit).thenApply(_ -> Optional.of("default/pod: disruption budget"));
        }
        return timeline.after(DRAIN).thenApply(_ -> {
            synchronized (this) {
                names.forEach(this::move);
                return Optional.empty();
            }
        });
    }

    @Override
    public synchronized CompletionStage<Void> uncordon(String key, List<String> names) {
        cordoned.removeAll(names);
        return DONE;
    }

    @Override
    public synchronized CompletionStage<Void> change(String key, String node, NodeChange change) {
        if (change instanceof NodeChange.Cordon cordon) {
            if (cordon.on()) {
                cordoned.add(node);
            } else {
                cordoned.remove(node);
            }
        }
        if (!(change instanceof NodeChange.Event)) {
            lastChange.put(node, change);
        }
        return DONE;
    }

    @Override
    public boolean observable() {
        return true;
    }

    @Override
    public synchronized CompletionStage<ClusterPicture> picture(String key) {
        var pictures = nodes.values().stream().map(this::picture).collect(Collectors.toList());
        return CompletableFuture.completedFuture(
                new ClusterPicture(pictures, List.copyOf(pending), List.of(), List.of(), List.of()));
    }

    private NodePicture picture(NodeSpec node) {
        PodPicture pod = pods.get(node.name());
        return new NodePicture(
                node.name(),
                node.labels().getOrDefault("agentpool", ""),
                node.labels(),
                node.taints().stream()
                        .map(taint -> new dev.fleetwright.simulator.autoscaler.Taint(
                                taint.key(), taint.value(), taint.effect()))
                        .toList(),
                Resources.parse(NodeCapacity.allocatable(node)),
                true,
                Duration.ZERO,
                cordoned.contains(node.name()),
                false,
                pod == null ? List.of() : List.of(pod));
    }

    @Override
    public synchronized CompletionStage<Void> publish(String key, Status status) {
        published.add(status.document());
        return DONE;
    }

    @Override
    public void close() {}
}
