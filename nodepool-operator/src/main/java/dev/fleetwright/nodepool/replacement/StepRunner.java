package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.EvictionIntent;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.nodepool.drain.Eviction;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.plan.PoolState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Does the steps. Everything here may happen twice, or stop in the middle, without harm. */
public final class StepRunner {
    private final Fanout fanout;

    /** Calls of one step run side by side as far as this allows. */
    public StepRunner(Fanout fanout) {
        this.fanout = fanout;
    }

    /** Does the step; the cluster is there whenever the step needs it, since the decision saw it. */
    public Outcome run(Observation seen, Step step, Actions.Fleet fleet, Optional<Actions.Cluster> workload) {
        return switch (step) {
            case Step.Wait w -> new Outcome.Done();
            case Step.Enter e -> new Outcome.Done();
            case Step.NextBatch n -> new Outcome.Done();
            case Step.Plan p -> new Outcome.Done();
            case Step.Intend i -> new Outcome.Done();
            case Step.Gone g -> new Outcome.Done();
            case Step.Reopen r -> new Outcome.Done();
            case Step.Finish f -> new Outcome.Done();
            case Step.Fence fence -> {
                fleet.updatePool(fence.source(), fence.spec());
                yield new Outcome.Done();
            }
            case Step.Unfence unfence -> {
                fleet.updatePool(unfence.target(), unfence.spec());
                yield new Outcome.Done();
            }
            case Step.CreateTarget create -> {
                var target = seen.record().getSpec().target();
                if (target != null) {
                    fleet.createPool(target.name(), PoolState.generation(seen.record()), create.spec());
                }
                yield new Outcome.Done();
            }
            case Step.Mark mark ->
                write(mark.nodes(), node -> connected(workload).mark(node, seen.uid()));
            case Step.Unmark unmark -> write(unmark.nodes(), connected(workload)::unmark);
            case Step.Send send -> send(send.evictions(), connected(workload));
            case Step.Resolve resolve -> resolve(resolve.intents(), connected(workload));
            case Step.CheckEmpty check -> list(seen, check.nodes(), connected(workload));
            case Step.DeleteSource delete -> delete(seen, delete.source(), fleet, workload);
        };
    }

    private Outcome write(List<NodeView> nodes, Predicate<NodeView> write) {
        Set<String> written = ConcurrentHashMap.newKeySet();
        fanout.each(nodes, node -> {
            if (write.test(node)) {
                written.add(node.name());
            }
        });
        return new Outcome.Marked(written);
    }

    private Outcome send(List<Eviction> evictions, Actions.Cluster cluster) {
        Map<String, EvictionAnswer> answers = new ConcurrentHashMap<>();
        fanout.each(evictions, eviction -> {
            PodView pod = eviction.pod();
            EvictionAnswer answer =
                    eviction.past() ? cluster.delete(pod, Math.max(1, pod.graceSeconds())) : cluster.evict(pod);
            answers.put(pod.uid(), answer);
        });
        return new Outcome.Answered(answers);
    }

    private Outcome resolve(List<EvictionIntent> intents, Actions.Cluster cluster) {
        Set<String> leaving = ConcurrentHashMap.newKeySet();
        Set<String> untouched = ConcurrentHashMap.newKeySet();
        fanout.each(intents, intent -> {
            boolean stays = cluster.pod(intent.namespace(), intent.name())
                    .filter(pod -> pod.uid().equals(intent.uid()) && !pod.terminating())
                    .isPresent();
            (stays ? untouched : leaving).add(intent.uid());
        });
        return new Outcome.Resolved(leaving, untouched);
    }

    private Outcome list(Observation seen, List<PlannedNode> nodes, Actions.Cluster cluster) {
        Set<String> empty = ConcurrentHashMap.newKeySet();
        fanout.each(nodes, node -> {
            if (cluster.podsOn(node.name()).stream().noneMatch(pod -> Removal.staysInTheWay(pod, seen))) {
                empty.add(node.uid());
            }
        });
        Set<String> busy = new HashSet<>();
        nodes.stream().map(PlannedNode::uid).filter(uid -> !empty.contains(uid)).forEach(busy::add);
        return new Outcome.Listed(empty, busy);
    }

    private Outcome delete(
            Observation seen, MachinePool source, Actions.Fleet fleet, Optional<Actions.Cluster> workload) {
        Optional<MachinePool> live = fleet.pool(source.getMetadata().getName())
                .filter(pool ->
                        pool.getMetadata().getUid().equals(source.getMetadata().getUid()));
        if (live.isEmpty() || PoolState.deleting(live.get())) {
            return new Outcome.Done();
        }
        if (PoolState.neverMade(live.get())) {
            fleet.deletePool(live.get());
            return new Outcome.Done();
        }
        Actions.Cluster cluster = connected(workload);
        List<NodeView> nodes = cluster.nodesOf(source.getSpec().name());
        List<PodView> pods = new ArrayList<>();
        List<List<PodView>> found = new ArrayList<>();
        nodes.forEach(node -> found.add(cluster.podsOn(node.name())));
        found.forEach(pods::addAll);
        if (!Removal.liveGate(seen, live.get(), nodes, pods)) {
            return new Outcome.GateClosed();
        }
        fleet.deletePool(live.get());
        return new Outcome.Done();
    }

    private static Actions.Cluster connected(Optional<Actions.Cluster> workload) {
        return workload.orElseThrow(() -> new IllegalStateException("a step without its cluster"));
    }
}
