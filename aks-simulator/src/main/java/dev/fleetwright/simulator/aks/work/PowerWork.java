package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.time.Durations.Work;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Stop, start and the rotation of certificates. A stopped cluster has no machines, and nobody answers for its API server;
 * what is in it stays. A rotation makes every machine anew, in place: it is said to take a cluster down for up to half an
 * hour (documented), so nobody gets surge nodes for it.
 */
public final class PowerWork {
    private static final String STOP = "stop managed cluster";
    private static final String START = "start managed cluster";
    private static final String ROTATE = "rotate cluster certificates";
    private static final String AUTHORITY = "authority";
    private static final String CONTROL_PLANE = "control plane";

    private final Workshop workshop;
    private final MachineWork machines;
    private final OperationRunner runner;

    public PowerWork(Workshop workshop, MachineWork machines, OperationRunner runner) {
        this.workshop = workshop;
        this.machines = machines;
        this.runner = runner;
        runner.define(STOP, task(this::shutDown));
        runner.define(START, task(this::startUp));
        runner.define(ROTATE, task(this::renew));
    }

    public Operation stop(ManagedCluster cluster) {
        power(cluster, "Stopped");
        return begin(cluster, STOP, "Stopping");
    }

    public Operation start(ManagedCluster cluster) {
        power(cluster, "Running");
        return begin(cluster, START, "Starting");
    }

    public Operation rotate(ManagedCluster cluster) {
        cluster.pools().forEach(AgentPool::nextModel);
        return begin(cluster, ROTATE, "RotatingClusterCertificates");
    }

    /** The pools follow the cluster at once, so that nothing makes machines for them meanwhile. */
    private static void power(ManagedCluster cluster, String code) {
        for (AgentPool pool : cluster.pools()) {
            ObjectNode properties = pool.properties().deepCopy();
            properties.putObject("powerState").put("code", code);
            pool.replaceProperties(properties);
        }
        ObjectNode settings = cluster.settings().deepCopy();
        settings.withObjectProperty("properties").putObject("powerState").put("code", code);
        cluster.replaceSettings(settings);
    }

    private Operation begin(ManagedCluster cluster, String kind, String state) {
        Operation operation = runner.begin(kind, cluster, Json.object());
        cluster.running(operation);
        cluster.state(state);
        cluster.pools().forEach(pool -> pool.state("Updating"));
        cluster.touch();
        return operation;
    }

    /** The machines go first: as long as there are nodes, the API server is there for them. */
    private CompletionStage<Void> shutDown(Job job) {
        return workshop.spend(job, CONTROL_PLANE, Work.CLUSTER_STOP)
                .thenCompose(_ -> machinesAsWanted(job))
                .thenCompose(_ -> halt(job));
    }

    private CompletionStage<Void> halt(Job job) {
        workshop.requireRunning(job);
        return job.locked(() -> job.cluster().served() && !job.cluster().halted())
                ? workshop.backend()
                        .stopCluster(job.key())
                        .thenRun(() -> job.locked(() -> job.cluster().halt()))
                : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> startUp(Job job) {
        return workshop.spend(job, CONTROL_PLANE, Work.CLUSTER_START)
                .thenCompose(_ -> workshop.serve(job))
                .thenCompose(_ -> machinesAsWanted(job));
    }

    private CompletionStage<Void> renew(Job job) {
        return workshop.spend(job, CONTROL_PLANE, Work.CERTIFICATE_ROTATION)
                .thenCompose(_ -> renewAuthority(job))
                .thenCompose(_ -> {
                    List<AgentPool> pools = job.locked(job.cluster()::pools);
                    return Workshop.all(pools.stream().map(pool -> machines.rollInPlace(job, pool)));
                });
    }

    /** Once: clients may have fetched the new credentials by the time the operation is taken up again. */
    private CompletionStage<Void> renewAuthority(Job job) {
        boolean open =
                job.locked(() -> job.cluster().served() && !job.operation().reached(AUTHORITY));
        return open
                ? workshop.backend()
                        .renewCluster(job.key())
                        .thenAccept(access -> job.locked(() -> {
                            job.cluster().resumed(access);
                            var _ = job.operation().step(AUTHORITY, workshop::now);
                        }))
                : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> machinesAsWanted(Job job) {
        List<AgentPool> pools = job.locked(job.cluster()::pools);
        // a stop that was broken off has left machines, and they may be of an older model
        return Workshop.all(pools.stream()
                .map(pool -> machines.scale(job, pool).thenCompose(_ -> machines.roll(job, pool))));
    }

    private static Task task(Function<Job, CompletionStage<Void>> work) {
        return new Task() {
            @Override
            public CompletionStage<Void> work(Job job) {
                return work.apply(job);
            }

            @Override
            public void settle(Job job, Optional<ArmError> error) {
                ClusterWork.settle(job.cluster(), error);
            }
        };
    }
}
