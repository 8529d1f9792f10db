package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolStatus;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.status.StatusShape;
import dev.fleetwright.core.workload.ClusterConnections;
import dev.fleetwright.nodepool.cluster.OwnerSizes;
import dev.fleetwright.nodepool.cluster.SideBySide;
import dev.fleetwright.nodepool.cluster.WorkloadReader;
import dev.fleetwright.nodepool.replacement.StepRunner;
import java.time.Duration;

/** Puts the two controllers into a process. */
public final class NodepoolControllers {
    /** Evictions in flight at once; the API server is the limit well before (about 110 a second on two cores). */
    private static final int CALLS_AT_ONCE = 50;

    private static final Duration EVENTS_TOGETHER = Duration.ofMillis(100);

    private static final StatusShape<NodepoolStatus> NODEPOOL = StatusShape.of(
            NodepoolStatus::empty,
            NodepoolStatus::withObservedGeneration,
            NodepoolStatus::withConditions,
            NodepoolStatus::withLastErrors);

    private static final StatusShape<NodepoolReplacementStatus> RECORD = StatusShape.of(
            NodepoolReplacementStatus::empty,
            NodepoolReplacementStatus::withObservedGeneration,
            NodepoolReplacementStatus::withConditions,
            NodepoolReplacementStatus::withLastErrors);

    private NodepoolControllers() {}

    /** Before the process starts. */
    public static void wire(OperatorProcess process) {
        Caches caches = Caches.of(process);
        ClusterConnections connections = process.connectWorkloadClusters();
        Debounce debounce = new Debounce(EVENTS_TOGETHER);
        process.closeLast(debounce);

        Trigger nodepools = new Trigger();
        Trigger records = new Trigger();
        Wakes wakes = new Wakes(caches, nodepools, records, debounce);
        wakes.wire();
        connections.listen(wakes);

        SideBySide calls = new SideBySide(CALLS_AT_ONCE);
        ReplacementObserver observer =
                new ReplacementObserver(caches, connections, new WorkloadReader(new OwnerSizes(calls)));
        process.add(Controller.of(NodepoolReplacement.class, RECORD)
                .loop(new ReplacementLoop(
                        observer,
                        new StepRunner(calls),
                        process.client(),
                        process.events(),
                        new DrainMetrics(process.metrics())))
                .trigger(records)
                .build());
        NodepoolObserver nodepoolObserver = new NodepoolObserver(caches);
        NodepoolActor actor = new NodepoolActor(process.client(), caches, process.events());
        process.add(Controller.of(Nodepool.class, NODEPOOL)
                .loop(new NodepoolLoop(nodepoolObserver, actor, false))
                .cleanup(new NodepoolLoop(nodepoolObserver, actor, true))
                .trigger(nodepools)
                .build());
    }
}
