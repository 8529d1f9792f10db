package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec.Change;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.nodepool.plan.NodepoolStep.Begin;
import dev.fleetwright.nodepool.plan.NodepoolStep.CreatePool;
import dev.fleetwright.nodepool.plan.NodepoolStep.LeaveTo;
import dev.fleetwright.nodepool.plan.NodepoolStep.Steady;
import dev.fleetwright.nodepool.plan.NodepoolStep.Supersede;
import dev.fleetwright.nodepool.plan.NodepoolStep.UpdatePool;
import dev.fleetwright.nodepool.plan.NodepoolStep.Wait;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the one thing to do about a Nodepool now. Pure and level-based. */
public final class NodepoolPlanner {
    /** Finished records that are kept. */
    static final int HISTORY = 5;

    private final NodepoolSituation situation;
    private final Nodepool nodepool;

    private NodepoolPlanner(NodepoolSituation situation) {
        this.situation = situation;
        this.nodepool = situation.nodepool();
    }

    /** The step for a Nodepool that lives. */
    public static NodepoolStep decide(NodepoolSituation situation) {
        return new NodepoolPlanner(situation).forLiving();
    }

    /** The step for a Nodepool that is being deleted: its pools first, drained unless their whole cluster goes. */
    public static NodepoolStep decideDeletion(NodepoolSituation situation) {
        return new NodepoolPlanner(situation).forDeleted();
    }

    private NodepoolStep forLiving() {
        if (!situation.clusterFound()) {
            return new Wait(
                    "ClusterNotFound",
                    "there is no Cluster " + nodepool.getSpec().clusterRef().name() + " in this namespace");
        }
        if (situation.clusterGoing()) {
            return new Wait("ClusterDeleting", "the Cluster is being deleted");
        }
        if (situation.paused()) {
            return new Wait("Paused", "nothing is changed while paused");
        }
        List<MachinePool> pools = situation.livePools();
        EffectiveVersion version =
                EffectiveVersion.of(nodepool, situation.controlPlane(), pools.isEmpty() ? null : pools.getLast());
        return switch (version) {
            case EffectiveVersion.Unknown(String reason, String message) ->
                situation.running().<NodepoolStep>map(LeaveTo::new).orElseGet(() -> new Wait(reason, message));
            case EffectiveVersion.Known(String known) -> forDesired(DesiredPool.of(nodepool, known), pools);
        };
    }

    private NodepoolStep forDesired(DesiredPool desired, List<MachinePool> pools) {
        Optional<NodepoolReplacement> running = situation.running();
        return running.isPresent() ? whileRunning(running.get(), desired, pools) : idle(desired, pools);
    }

    private NodepoolStep idle(DesiredPool desired, List<MachinePool> pools) {
        Optional<String> heavier = situation.lastFinished().flatMap(Records::heavier);
        return switch (Course.of(desired, pools, heavier)) {
            case Course.MakeFirst first -> createPool(desired);
            case Course.Steady(MachinePool pool) -> steady(desired, pool);
            case Course.ReplaceByNew(MachinePool source) -> begin(desired, null, List.of(source));
            case Course.Keep(MachinePool pool, List<MachinePool> others) -> begin(desired, pool, others);
        };
    }

    private NodepoolStep whileRunning(NodepoolReplacement running, DesiredPool desired, List<MachinePool> pools) {
        ObjectRef target = running.getSpec().target();
        if (Records.committed(running) || superseded(running)) {
            return new LeaveTo(running);
        }
        if (target == null) {
            return new Supersede(running, "the Nodepool is not being deleted any more");
        }
        Optional<MachinePool> made = named(pools, target.name());
        if (made.isEmpty()) {
            boolean same = desired.fingerprint().equals(annotation(running, Names.WANTED));
            boolean others = running.getSpec().sources().stream()
                    .anyMatch(source -> named(pools, source.name())
                            .filter(pool -> PoolDifference.fits(desired, pool))
                            .isPresent());
            return same && !others ? new LeaveTo(running) : new Supersede(running, "the Nodepool was edited");
        }
        String serves = switch (Course.of(desired, pools, Records.heavier(running))) {
            case Course.MakeFirst first -> target.name();
            case Course.Steady(MachinePool pool) -> pool.getMetadata().getName();
            case Course.ReplaceByNew(MachinePool source) -> target.name();
            case Course.Keep(MachinePool pool, List<MachinePool> others) ->
                pool.getMetadata().getName();
        };
        if (!serves.equals(target.name())) {
            return new Supersede(running, "the Nodepool was edited: " + serves + " shall serve");
        }
        return PoolDifference.fits(desired, made.get())
                ? changed(desired, made.get(), true)
                        .<NodepoolStep>map(spec -> new UpdatePool(made.get(), spec))
                        .orElseGet(() -> new LeaveTo(running))
                : new LeaveTo(running);
    }

    private NodepoolStep steady(DesiredPool desired, MachinePool pool) {
        Optional<MachinePoolSpec> spec = changed(desired, pool, false);
        if (spec.isPresent()) {
            return new UpdatePool(pool, spec.get());
        }
        return surplusRecord().<NodepoolStep>map(NodepoolStep.Forget::new).orElseGet(() -> new Steady(pool));
    }

    /** The spec with what changes in place; empty when nothing does. A running replacement keeps the autoscaler off. */
    public static Optional<MachinePoolSpec> changed(DesiredPool desired, MachinePool pool, boolean fenced) {
        MachinePoolSpec old = pool.getSpec();
        boolean keepCount = fenced && desired.scaling() != null;
        MachinePoolSpec wanted = desired.inPlace(
                old, keepCount ? old.replicas() : desired.replicas(), keepCount ? old.scaling() : desired.scaling());
        boolean same = Objects.equals(wanted.mode(), old.mode())
                && Objects.equals(wanted.replicas(), old.replicas())
                && Objects.equals(wanted.scaling(), old.scaling())
                && AgentPoolProperty.differing(old.template(), wanted.template(), AgentPoolProperty.Change.IN_PLACE)
                        .isEmpty();
        return same ? Optional.empty() : Optional.of(wanted);
    }

    /** The number of the last pool is used again: should the cache be late, its creation finds the pool that is there. */
    private NodepoolStep createPool(DesiredPool desired) {
        long generation = freeGeneration(desired, Math.max(1, situation.generation()));
        PoolName name = nameOf(desired, generation);
        return new CreatePool(
                name,
                generation,
                desired.asNewPool(name, nodepool.getSpec().clusterRef(), ObjectRef.to(nodepool), null));
    }

    private NodepoolStep begin(DesiredPool desired, @Nullable MachinePool keep, List<MachinePool> sources) {
        long generation =
                keep == null ? freeGeneration(desired, situation.generation() + 1) : PoolState.generation(keep);
        ObjectRef target = keep == null ? toNew(nameOf(desired, generation)) : ObjectRef.to(keep);
        List<Change> changes = PoolDifference.of(desired, sources.getFirst());
        return begin(generation, desired.fingerprint(), target, sources, keep == null ? changes : List.<Change>of());
    }

    private NodepoolStep begin(
            long generation,
            String wanted,
            @Nullable ObjectRef target,
            List<MachinePool> sources,
            List<Change> changes) {
        long number = 1
                + situation.replacements().stream()
                        .mapToLong(Records::number)
                        .max()
                        .orElse(0);
        return new Begin(
                number,
                generation,
                wanted,
                new NodepoolReplacementSpec(
                        ObjectRef.to(nodepool),
                        nodepool.getSpec().clusterRef(),
                        target,
                        sources.stream().map(ObjectRef::to).toList(),
                        changes));
    }

    private NodepoolStep forDeleted() {
        Optional<NodepoolReplacement> running = situation.running();
        boolean noDrain = situation.clusterGoing() || !situation.clusterFound();
        List<MachinePool> pools = situation.livePools();
        if (noDrain && !pools.isEmpty()) {
            return new NodepoolStep.DropPool(pools.getFirst());
        }
        if (noDrain) {
            return situation.pools().isEmpty()
                    ? new NodepoolStep.Gone()
                    : new Wait("WaitingForPools", "waiting until the MachinePools are gone");
        }
        if (situation.paused()) {
            return new Wait("Paused", "nothing is deleted while paused");
        }
        if (running.isPresent()) {
            boolean ours = running.get().getSpec().target() == null || Records.committed(running.get());
            return ours || superseded(running.get())
                    ? new LeaveTo(running.get())
                    : new Supersede(running.get(), "the Nodepool is being deleted");
        }
        if (!pools.isEmpty()) {
            return begin(situation.generation(), "none", null, pools, List.of());
        }
        return situation.pools().isEmpty()
                ? new NodepoolStep.Gone()
                : new Wait("WaitingForPools", "waiting until the MachinePools are gone");
    }

    private Optional<NodepoolReplacement> surplusRecord() {
        List<NodepoolReplacement> finished = situation.replacements().stream()
                .filter(Records::finished)
                .sorted(Records.BY_NUMBER)
                .toList();
        return finished.size() > HISTORY ? Optional.of(finished.getFirst()) : Optional.empty();
    }

    /** The first generation from there whose agent pool name is free, also of pools that are still being deleted. */
    private long freeGeneration(DesiredPool desired, long from) {
        long generation = from;
        while (situation.takenNames().contains(nameOf(desired, generation).agentPool())) {
            generation++;
        }
        return generation;
    }

    private PoolName nameOf(DesiredPool desired, long generation) {
        return PoolName.of(
                nodepool.getMetadata().getName(), nodepool.getMetadata().getUid(), generation, desired.osType());
    }

    private ObjectRef toNew(PoolName name) {
        return new ObjectRef(
                nodepool.getApiVersion(),
                "MachinePool",
                nodepool.getMetadata().getNamespace(),
                name.machinePool(),
                null);
    }

    private static boolean superseded(NodepoolReplacement running) {
        return annotation(running, Names.SUPERSEDED) != null;
    }

    private static Optional<MachinePool> named(List<MachinePool> pools, String name) {
        return pools.stream()
                .filter(pool -> pool.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static @Nullable String annotation(NodepoolReplacement record, String key) {
        Map<String, String> annotations = record.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }
}
