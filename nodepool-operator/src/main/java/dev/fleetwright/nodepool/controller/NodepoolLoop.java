package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolStatus;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import dev.fleetwright.nodepool.plan.NodepoolPlanner;
import dev.fleetwright.nodepool.plan.NodepoolSituation;
import dev.fleetwright.nodepool.plan.NodepoolStep;

/** One pass over a Nodepool, alive or being deleted. */
record NodepoolLoop(NodepoolObserver observer, NodepoolActor actor, boolean deletion)
        implements Loop<Nodepool, NodepoolStatus, NodepoolSituation, NodepoolStep, Boolean> {
    @Override
    public NodepoolSituation observe(Pass<Nodepool, NodepoolStatus> pass) {
        return observer.observe(pass);
    }

    @Override
    public NodepoolStep decide(Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen) {
        return deletion ? NodepoolPlanner.decideDeletion(seen) : NodepoolPlanner.decide(seen);
    }

    @Override
    public Boolean act(Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen, NodepoolStep step) {
        return actor.act(pass.resource(), step);
    }

    @Override
    public Report<NodepoolStatus> report(
            Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen, NodepoolStep step, Boolean changed) {
        return NodepoolReport.of(pass, seen, step, changed);
    }
}
