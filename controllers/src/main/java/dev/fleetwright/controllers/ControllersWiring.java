package dev.fleetwright.controllers;

import dev.fleetwright.azure.AzureAccess;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.azure.credential.IdentityCredential;
import dev.fleetwright.azure.credential.KubernetesIdentityObjects;
import dev.fleetwright.azure.queue.MutationQueue;
import dev.fleetwright.azure.sdk.SdkAzureAccess;
import dev.fleetwright.controllers.azureaccess.ClusterReader;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.azureaccess.Turns;
import dev.fleetwright.controllers.cluster.ClusterController;
import dev.fleetwright.controllers.controlplane.ControlPlaneController;
import dev.fleetwright.controllers.fleet.ConnectedWorkload;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.fleet.Wakes;
import dev.fleetwright.controllers.fleet.Workload;
import dev.fleetwright.controllers.identity.IdentityController;
import dev.fleetwright.controllers.machinepool.MachinePoolController;
import dev.fleetwright.core.process.KubernetesClients;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.workload.ClusterConnections;
import dev.fleetwright.core.workload.ConnectionTimes;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/** Puts the controllers together in a process. */
final class ControllersWiring {
    /** Above the longest pause between two passes of an object that holds a turn. */
    private static final Duration TURN_LEASE = Duration.ofMinutes(2);

    private ControllersWiring() {}

    static void wire(OperatorProcess process, Map<String, String> environment) {
        wire(process, environment, (fleet, wakes) -> {
            var connections = connections(process, fleet);
            wakes.follow(connections);
            return new ConnectedWorkload(connections);
        });
    }

    /** @param workloads how workload clusters are seen */
    static void wire(
            OperatorProcess process, Map<String, String> environment, BiFunction<Fleet, Wakes, Workload> workloads) {
        var fleet = Fleet.of(process);
        var wakes = new Wakes(fleet);
        Workload workload = workloads.apply(fleet, wakes);
        var clock = process.clock();
        var paces = Paces.of(process.settings()::scaled);
        AzureAccess access = azure(process);
        var azure = new IdentityAccess(
                access,
                IdentityCredential.fromEnvironment(environment),
                new KubernetesIdentityObjects(fleet.client(), fleet.identities(), fleet.credentials()::get));
        var reader = new ClusterReader(clock, paces.inventory());
        // Not scaled: a lease that ends early would let two of us write, one that ends late only makes the next wait.
        var turns = new Turns(new MutationQueue(TURN_LEASE), clock, wakes::turn);
        process.add(IdentityController.of(fleet, paces, wakes.identities()));
        process.add(ClusterController.of(fleet, paces, wakes.clusters()));
        process.add(ControlPlaneController.of(
                fleet, azure, reader, turns, workload, process.events(), paces, wakes.controlPlanes()));
        process.add(MachinePoolController.of(
                fleet, azure, reader, turns, workload, process.events(), paces, wakes.machinePools()));
    }

    private static AzureAccess azure(OperatorProcess process) {
        var settings = process.settings();
        var access = new SdkAzureAccess(
                new AzureSettings(
                        settings.resourceManagerEndpoint(),
                        settings.authorityHost(),
                        settings.azureCaBundle(),
                        process.userAgent().value(),
                        settings.timeScale()),
                process.clock());
        process.closeLast(access);
        return access;
    }

    private static ClusterConnections connections(OperatorProcess process, Fleet fleet) {
        var times = ConnectionTimes.defaults();
        int timeout = Math.toIntExact(times.callTimeout().toMillis());
        var connections = new ClusterConnections(
                (kubeconfig, executor) ->
                        KubernetesClients.workload(kubeconfig, process.userAgent(), timeout, executor),
                times,
                process.clock());
        connections.follow(fleet.kubeconfigs());
        process.closeLast(connections);
        return connections;
    }
}
