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
import java.util.concurrent.CompletionStage;

/**
 * Stop, start and the rotation of certificates. A stopped cluster has no machines; its API server stays, because a
 * client that looks at it then finds nodes gone rather than nobody there. A rotation touches no machine.
 */
public final class PowerWork {
    private static final String STOP = "stop managed cluster";
    private static final String START = "start managed cluster";
    private static final String ROTATE = "rotate cluster certificates";

    private final Workshop workshop;
    private final MachineWork machines;
    private final OperationRunner runner;

    public PowerWork(Workshop workshop, MachineWork machines, OperationRunner runner) {
        this.workshop = workshop;
        this.machines = machines;
        this.runner = runner;
        runner.define(STOP, new Switch(Work.CLUSTER_STOP));
        runner.define(START, new Switch(Work.CLUSTER_START));
        runner.define(ROTATE, new Switch(Work.CERTIFICATE_ROTATION));
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

    private final class Switch implements Task {
        private final Work controlPlane;

        Switch(Work controlPlane) {
            this.controlPlane = controlPlane;
        }

        @Override
        public CompletionStage<Void> work(Job job) {
            return workshop.spend(job, "control plane", controlPlane).thenCompose(_ -> {
                List<AgentPool> pools = job.locked(job.cluster()::pools);
                // a stop that was broken off has left machines, and they may be of an older model
                return Workshop.all(pools.stream()
                        .map(pool -> machines.scale(job, pool).thenCompose(_ -> machines.roll(job, pool))));
            });
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            ClusterWork.settle(job.cluster(), error);
        }
    }
}
