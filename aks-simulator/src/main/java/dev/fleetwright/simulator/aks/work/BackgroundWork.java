package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Json;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Operations that nobody asked for: the provider begins them after a client's, and refuses writes meanwhile. Off unless
 * switched on (recorded once, and reported).
 */
final class BackgroundWork {
    private static final String LATE_UPDATE = "background update managed cluster";
    private static final String EXTENSION = "PutExtensionAddonHandler managed cluster";

    private final Workshop workshop;
    private final Behaviours behaviours;
    private final OperationRunner runner;

    BackgroundWork(Workshop workshop, Behaviours behaviours, OperationRunner runner) {
        this.workshop = workshop;
        this.behaviours = behaviours;
        this.runner = runner;
        runner.define(LATE_UPDATE, new Waiting(Behaviour.LATE_UPDATE));
        runner.define(EXTENSION, new Waiting(Behaviour.EXTENSION_OPERATION));
    }

    /** A cluster has been created. Expects the lock. */
    void created(ManagedCluster cluster) {
        begin(cluster, LATE_UPDATE, Behaviour.LATE_UPDATE);
    }

    /** A cluster has been changed. Expects the lock. */
    void updated(ManagedCluster cluster) {
        begin(cluster, EXTENSION, Behaviour.EXTENSION_OPERATION);
    }

    private void begin(ManagedCluster cluster, String kind, Behaviour behaviour) {
        if (behaviours.seconds(behaviour).isZero()) {
            return;
        }
        Operation operation = runner.begin(kind, cluster, Json.object());
        cluster.running(operation);
        cluster.state("Updating");
    }

    /** Takes its time, and then the cluster has another eTag; after a late update also the add-on of a policy. */
    private final class Waiting implements Task {
        private final Behaviour behaviour;

        Waiting(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public CompletionStage<Void> work(Job job) {
            return job.locked(() -> workshop.until(
                    job, job.operation().step("background", () -> workshop.in(behaviours.seconds(behaviour)))));
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            ManagedCluster cluster = job.cluster();
            cluster.state(error.isPresent() ? "Failed" : "Succeeded");
            cluster.error(error.orElse(null));
            if (behaviour == Behaviour.LATE_UPDATE && error.isEmpty()) {
                addPolicy(cluster);
            }
            cluster.touch();
        }
    }

    private static void addPolicy(ManagedCluster cluster) {
        ObjectNode settings = cluster.settings().deepCopy();
        String identity = "/subscriptions/" + cluster.subscription().id() + "/resourcegroups/"
                + cluster.nodeResourceGroup()
                + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/azurepolicy-"
                + cluster.name();
        ObjectNode addon = settings.withObjectProperty("properties")
                .withObjectProperty("addonProfiles")
                .putObject("azurepolicy");
        addon.put("enabled", true).putNull("config");
        addon.putObject("identity")
                .put("resourceId", identity)
                .put("clientId", SimpleResources.clientIdOf(identity))
                .put("objectId", SimpleResources.objectIdOf(identity));
        cluster.replaceSettings(settings);
    }
}
