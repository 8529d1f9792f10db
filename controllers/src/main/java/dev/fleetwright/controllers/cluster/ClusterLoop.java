package dev.fleetwright.controllers.cluster;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterStatus;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.controllers.cluster.ClusterLoop.Done;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.util.Optional;

/** The four stages for a Cluster. It deletes parts of a deleted Cluster and changes nothing else. */
final class ClusterLoop implements Loop<Cluster, ClusterStatus, ClusterObservation, ClusterDecision, Done> {
    /** Acting leaves nothing to tell. */
    enum Done {
        DONE
    }

    private final Fleet fleet;
    private final ClusterReport report;

    ClusterLoop(Fleet fleet, ClusterReport report) {
        this.fleet = fleet;
        this.report = report;
    }

    @Override
    public ClusterObservation observe(Pass<Cluster, ClusterStatus> pass) {
        String name = pass.key().name();
        return new ClusterObservation(
                Anchor.of(name, Optional.of(pass.resource())),
                fleet.controlPlaneOf(pass.key()),
                fleet.poolsOf(pass.key()),
                fleet.nodepoolsOf(pass.key()));
    }

    @Override
    public ClusterDecision decide(Pass<Cluster, ClusterStatus> pass, ClusterObservation seen) {
        if (pass.deleting()) {
            return ClusterFarewell.decide(pass, seen);
        }
        return seen.anchor()
                .pauseOf(pass.resource())
                .<ClusterDecision>map(ClusterDecision.Pause::new)
                .orElseGet(ClusterDecision.Aggregate::new);
    }

    @Override
    public Done act(Pass<Cluster, ClusterStatus> pass, ClusterObservation seen, ClusterDecision decision) {
        if (decision instanceof ClusterDecision.DeleteParts(var parts)) {
            parts.forEach(part -> fleet.client().resource(part).delete());
        }
        return Done.DONE;
    }

    @Override
    public Report<ClusterStatus> report(
            Pass<Cluster, ClusterStatus> pass, ClusterObservation seen, ClusterDecision decision, Done done) {
        return report.of(pass, seen, decision);
    }
}
