package dev.fleetwright.nodepool.cluster;

import dev.fleetwright.core.workload.WorkloadCluster;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import dev.fleetwright.nodepool.eviction.EvictionCall;
import dev.fleetwright.nodepool.node.Marks;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.replacement.Actions;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The calls of a replacement to one workload cluster. */
public final class WorkloadActions implements Actions.Cluster {
    /** A node is written by many; each of them may come between our read and our write. */
    private static final int TRIES = 5;

    private final WorkloadCluster cluster;

    public WorkloadActions(WorkloadCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public EvictionAnswer evict(PodView pod) {
        return cluster.call(client -> EvictionCall.evict(client, pod));
    }

    @Override
    public EvictionAnswer delete(PodView pod, int graceSeconds) {
        return cluster.call(client -> EvictionCall.delete(client, pod, graceSeconds));
    }

    @Override
    public Optional<PodView> pod(String namespace, String name) {
        return cluster.call(client -> Optional.ofNullable(
                        client.pods().inNamespace(namespace).withName(name).get())
                .map(Views::of));
    }

    @Override
    public List<PodView> podsOn(String node) {
        return cluster.call(
                client -> client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                        .map(Views::of)
                        .toList());
    }

    @Override
    public List<NodeView> nodesOf(String agentPool) {
        return cluster.call(
                client -> client.nodes().withLabel(NodeView.AGENT_POOL_LABEL, agentPool).list().getItems().stream()
                        .map(Views::of)
                        .toList());
    }

    @Override
    public boolean mark(NodeView node, String replacementUid) {
        return change(node, live -> Marks.put(live, replacementUid));
    }

    @Override
    public boolean unmark(NodeView node) {
        return change(node, Marks::remove);
    }

    /** Reads the node, applies the change to what is there now, writes it back under the lock of what was read. */
    private boolean change(NodeView seen, Function<NodeView, Optional<Marks.Look>> change) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Boolean> written = cluster.call(client -> written(client, seen, change));
            if (written.isPresent()) {
                return written.get();
            }
        }
        return false; // Seen again in the next pass.
    }

    /** Whether there was something to write; empty when somebody else wrote in between. */
    private static Optional<Boolean> written(
            KubernetesClient client, NodeView seen, Function<NodeView, Optional<Marks.Look>> change) {
        Node live = client.nodes().withName(seen.name()).get();
        if (live == null || !live.getMetadata().getUid().equals(seen.uid())) {
            return Optional.of(false);
        }
        Optional<Marks.Look> look = change.apply(Views.of(live));
        try {
            look.ifPresent(
                    l -> client.resource(with(live, l)).lockResourceVersion().update());
            return Optional.of(look.isPresent());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Node with(Node live, Marks.Look look) {
        List<Taint> old = Optional.ofNullable(live.getSpec().getTaints()).orElse(List.of());
        List<Taint> taints = new ArrayList<>();
        for (NodeView.Taint taint : look.taints()) {
            taints.add(old.stream()
                    .filter(t ->
                            taint.key().equals(t.getKey()) && taint.effect().equals(t.getEffect()))
                    .findFirst()
                    .orElseGet(() -> new TaintBuilder()
                            .withKey(taint.key())
                            .withValue(taint.value().isEmpty() ? null : taint.value())
                            .withEffect(taint.effect())
                            .build()));
        }
        return new NodeBuilder(live)
                .editMetadata()
                .withAnnotations(look.annotations())
                .endMetadata()
                .editSpec()
                .withUnschedulable(look.unschedulable() ? Boolean.TRUE : null)
                .withTaints(taints)
                .endSpec()
                .build();
    }
}
