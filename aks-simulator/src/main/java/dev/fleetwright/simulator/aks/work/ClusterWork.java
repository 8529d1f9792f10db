package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.ClusterDocuments;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.time.Durations.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Operations on a managed cluster. The methods expect the subscription's lock. */
public final class ClusterWork {
    private static final List<String> TERMINAL = List.of("Succeeded", "Failed", "Canceled");

    private final Workshop workshop;
    private final PoolWork pools;

    public ClusterWork(Workshop workshop, PoolWork pools) {
        this.workshop = workshop;
        this.pools = pools;
    }

    public Operation create(ManagedCluster cluster) {
        Operation operation = begin(cluster, "create managed cluster", "Creating", "Creating");
        operation.progress("ProvisioningControlPlane");
        var started = workshop.backend().createCluster(cluster.key());
        var work = workshop.spend(cluster, operation, Work.CONTROL_PLANE_CREATE)
                .thenCombine(started, (waited, access) -> access)
                .thenCompose(access -> {
                    workshop.requireRunning(cluster, operation);
                    cluster.subscription().locked(() -> cluster.access(access));
                    return Workshop.all(cluster.subscription().locked(cluster::pools).stream()
                            .map(pool -> pools.scaleSet(cluster, pool, operation)));
                });
        workshop.conclude(cluster, operation, work, error -> {
            settle(cluster, error.orElse(null));
            cluster.settle();
            cluster.subscription()
                    .principalCreated(SimpleResources.objectIdOf(ClusterDocuments.kubeletIdentityId(cluster)));
        });
        return operation;
    }

    /** Changes the cluster and, one after the other, pools; the version is the control plane's afterwards. */
    public Operation update(ManagedCluster cluster, String version, List<PoolWork.Change> changes) {
        boolean upgrade = !cluster.version().equals(version);
        String state = upgrade ? "Upgrading" : "Updating";
        Operation operation =
                begin(cluster, upgrade ? "upgrade managed cluster" : "update managed cluster", state, "Updating");
        var work = workshop.spend(cluster, operation, upgrade ? Work.CONTROL_PLANE_UPGRADE : Work.CONTROL_PLANE_UPDATE)
                .thenCompose(done -> {
                    cluster.subscription().locked(() -> cluster.version(version));
                    CompletionStage<Void> applied = CompletableFuture.completedFuture(null);
                    for (PoolWork.Change change : changes) {
                        applied = applied.thenCompose(previous -> pools.apply(cluster, change, operation));
                    }
                    return applied;
                });
        workshop.conclude(cluster, operation, work, error -> settle(cluster, error.orElse(null)));
        return operation;
    }

    private static void settle(ManagedCluster cluster, @Nullable ArmError error) {
        String state = error == null ? "Succeeded" : "Failed";
        cluster.state(state);
        cluster.error(error);
        cluster.pools().forEach(pool -> pool.state(state));
        cluster.touch();
    }

    /** Deletes the cluster; whatever still runs on it is pre-empted. A second call joins the first. */
    public Operation delete(ManagedCluster cluster) {
        if (cluster.state().equals("Deleting")) {
            return cluster.running().orElseThrow();
        }
        var preempted = new ArmError(
                "AKSOperationPreemptedByDelete", "The operation was preempted by a deletion of the managed cluster.");
        cluster.running()
                .ifPresent(
                        running -> running.fail(preempted, workshop.timeline().now()));
        cluster.pools()
                .forEach(pool -> pool.running()
                        .ifPresent(running ->
                                running.fail(preempted, workshop.timeline().now())));
        Operation operation = begin(cluster, "delete managed cluster", "Deleting", "Deleting");
        var work = workshop.spend(cluster, operation, Work.CLUSTER_DELETE)
                .thenCombine(workshop.backend().deleteCluster(cluster.key()), (waited, stopped) -> true);
        workshop.conclude(cluster, operation, work, error -> {
            if (error.isPresent()) {
                settle(cluster, error.get());
            } else {
                cluster.group().remove(cluster);
                cluster.subscription().removeRoleAssignmentsBelow(cluster.id());
            }
        });
        return operation;
    }

    /** The deletion that comes with the resource group's. */
    public CompletionStage<Void> dispose(ManagedCluster cluster) {
        Operation operation = delete(cluster);
        return awaitEnd(cluster, operation);
    }

    private CompletionStage<Void> awaitEnd(ManagedCluster cluster, Operation operation) {
        boolean over = cluster.subscription().locked(() -> !operation.running());
        return over
                ? CompletableFuture.completedFuture(null)
                : workshop.timeline().after(Duration.ofSeconds(5)).thenCompose(later -> awaitEnd(cluster, operation));
    }

    /** Ends what runs on the cluster: no rollback. */
    public Operation abort(ManagedCluster cluster, Operation running) {
        running.progress("Canceling");
        cluster.state("Canceling");
        Operation abort = cluster.subscription().begin("abort managed cluster", cluster.id(), cluster.location());
        var _ = workshop.timeline()
                .after(workshop.durations().sample(Work.ABORT))
                .thenRun(() -> cluster.subscription().locked(() -> {
                    if (running.running()) {
                        running.cancel(workshop.timeline().now());
                        cluster.state("Canceled");
                        cluster.pools().stream()
                                .filter(pool -> !TERMINAL.contains(pool.state()))
                                .forEach(pool -> pool.state("Canceled"));
                        cluster.settle();
                        cluster.touch();
                    }
                    abort.succeed(workshop.timeline().now());
                }));
        return abort;
    }

    /** A cluster operation flips its pools too (recorded). */
    private static Operation begin(ManagedCluster cluster, String kind, String state, String poolState) {
        Operation operation = cluster.subscription().begin(kind, cluster.id(), cluster.location());
        cluster.running(operation);
        cluster.state(state);
        cluster.pools().forEach(pool -> pool.state(poolState));
        cluster.touch();
        return operation;
    }
}
