package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.workload.ClusterConnections;
import dev.fleetwright.core.workload.Connection;
import dev.fleetwright.core.workload.WorkloadCluster;
import dev.fleetwright.nodepool.cluster.WorkloadReader;
import dev.fleetwright.nodepool.plan.DesiredPool;
import dev.fleetwright.nodepool.plan.EffectiveVersion;
import dev.fleetwright.nodepool.plan.Names;
import dev.fleetwright.nodepool.plan.PoolState;
import dev.fleetwright.nodepool.replacement.Observation;
import dev.fleetwright.nodepool.replacement.RunMemory;
import dev.fleetwright.nodepool.replacement.RunPolicy;
import dev.fleetwright.nodepool.replacement.Workload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what a replacement is decided on. */
final class ReplacementObserver {
    private static final String NOT_READ_YET = "the caches of the workload cluster are being filled";

    private final Caches caches;
    private final ClusterConnections connections;
    private final WorkloadReader reader;
    private final TurnBook turns;
    private final Map<String, RunMemory> memories = new ConcurrentHashMap<>();

    ReplacementObserver(Caches caches, ClusterConnections connections, WorkloadReader reader) {
        this.caches = caches;
        this.connections = connections;
        this.reader = reader;
        this.turns = new TurnBook(caches);
    }

    /** An observation with the handles that its step needs. */
    record Seen(
            Observation observation,
            Optional<WorkloadCluster> workload,
            Optional<Cluster> cluster,
            Optional<Nodepool> nodepool) {}

    Seen observe(Pass<NodepoolReplacement, NodepoolReplacementStatus> pass) {
        NodepoolReplacement record = pass.resource();
        NodepoolReplacementSpec spec = record.getSpec();
        String namespace = record.getMetadata().getNamespace();
        ObjectKey clusterKey = new ObjectKey(namespace, spec.clusterRef().name());
        Optional<Cluster> cluster = caches.cluster(clusterKey);
        Optional<Nodepool> nodepool = caches.nodepool(namespace, spec.nodepoolRef());
        List<MachinePool> pools = caches.poolsOf(spec.nodepoolRef().uid());
        boolean over = pass.status().result() != null;
        Connection connection = connections.to(clusterKey);
        Optional<WorkloadCluster> connected = !over && connection instanceof Connection.Connected(WorkloadCluster to)
                ? Optional.of(to)
                : Optional.empty();
        Optional<Workload> workload = connected.flatMap(to -> reader.read(to, drainedNow(pass.status()), pass.now()));
        String disconnected = connection instanceof Connection.NotConnected(var reason, String message, var since)
                ? message
                : NOT_READ_YET;
        Set<String> sources = spec.sources().stream()
                .map(source -> Objects.requireNonNullElse(source.uid(), ""))
                .collect(Collectors.toSet());
        Observation observation = new Observation(
                record,
                pass.status(),
                hold(cluster, nodepool, record),
                over ? Optional.empty() : turns.ahead(record, clusterKey),
                target(spec.target(), pools),
                pools.stream()
                        .filter(pool -> sources.contains(pool.getMetadata().getUid()))
                        .toList(),
                systemPoolsBeside(clusterKey, sources),
                nodepool.flatMap(n -> desired(n, pools, clusterKey)).orElse(null),
                annotation(record, Names.WANTED).orElse(""),
                annotation(record, Names.SUPERSEDED),
                RunPolicy.of(nodepool.map(n -> n.getSpec().replacement()).orElse(null)),
                workload,
                disconnected,
                memory(record, pass.status()),
                pass.now());
        return new Seen(observation, connected, cluster, nodepool);
    }

    void remember(NodepoolReplacement record, RunMemory memory, boolean over) {
        if (over) {
            memories.remove(record.getMetadata().getUid());
        } else {
            memories.put(record.getMetadata().getUid(), memory);
        }
    }

    private RunMemory memory(NodepoolReplacement record, NodepoolReplacementStatus status) {
        RunMemory known = memories.get(record.getMetadata().getUid());
        return known == null ? RunMemory.afterRestart(status) : known;
    }

    private static Set<String> drainedNow(NodepoolReplacementStatus status) {
        return status.nodes().stream()
                .filter(node -> node.drainedAt() == null)
                .map(PlannedNode::name)
                .collect(Collectors.toSet());
    }

    private Optional<Observation.Hold> hold(
            Optional<Cluster> cluster, Optional<Nodepool> nodepool, NodepoolReplacement record) {
        if (cluster.isEmpty() || cluster.get().getMetadata().getDeletionTimestamp() != null) {
            return Optional.of(new Observation.Hold("ClusterDeleting", "the Cluster is gone or being deleted"));
        }
        boolean paused = caches.paused(record, cluster)
                || nodepool.filter(n -> caches.paused(n, cluster)
                                || Boolean.TRUE.equals(n.getSpec().paused()))
                        .isPresent();
        return paused
                ? Optional.of(new Observation.Hold("Paused", "paused: no step is taken, marks stay where they are"))
                : Optional.empty();
    }

    private static @Nullable MachinePool target(@Nullable ObjectRef ref, List<MachinePool> pools) {
        return pools.stream()
                .filter(pool -> ref != null && pool.getMetadata().getName().equals(ref.name()))
                .filter(pool -> !PoolState.deleting(pool))
                .findFirst()
                .orElse(null);
    }

    private int systemPoolsBeside(ObjectKey cluster, Set<String> sources) {
        return (int) caches.poolsIn(cluster).stream()
                .filter(pool -> "System".equals(pool.getSpec().mode()) && !PoolState.deleting(pool))
                .filter(pool -> !sources.contains(pool.getMetadata().getUid()))
                .filter(PoolState::provisioned)
                .count();
    }

    private Optional<DesiredPool> desired(Nodepool nodepool, List<MachinePool> pools, ObjectKey cluster) {
        if (nodepool.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        List<MachinePool> live =
                pools.stream().filter(pool -> !PoolState.deleting(pool)).toList();
        EffectiveVersion version = EffectiveVersion.of(
                nodepool, caches.controlPlane(cluster).orElse(null), live.isEmpty() ? null : live.getLast());
        return switch (version) {
            case EffectiveVersion.Known(String known) -> Optional.of(DesiredPool.of(nodepool, known));
            case EffectiveVersion.Unknown unknown -> Optional.empty();
        };
    }

    private static Optional<String> annotation(NodepoolReplacement record, String key) {
        Map<String, String> annotations = record.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations).map(all -> all.get(key));
    }
}
