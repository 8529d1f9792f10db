package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Refusal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** One operation at a time: who waits for whom, with the texts of 2026. */
public final class OperationLock {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Behaviours behaviours;

    public OperationLock(Behaviours behaviours) {
        this.behaviours = behaviours;
    }

    /** Refuses a cluster write while anything runs on the cluster or one of its pools. */
    public void requireFree(ManagedCluster cluster) {
        requireClusterFree(cluster);
        for (AgentPool pool : cluster.pools()) {
            pool.running().ifPresent(running -> {
                throw busy("Managed Cluster operation is not allowed: another operation (" + running.kind()
                        + ", operation ID: " + running.id() + ") is in progress on agent pool " + pool.name()
                        + ", please wait for it to finish before starting a new operation. See"
                        + " https://aka.ms/aks-pending-operation for more details");
            });
        }
    }

    /** Refuses a write to a pool, or the making of one, while the cluster or a pool is busy. */
    public void requirePoolFree(ManagedCluster cluster, String poolName) {
        requireClusterFree(cluster);
        for (AgentPool pool : cluster.pools()) {
            if (behaviours.on(Behaviour.PARALLEL_POOL_OPERATIONS)
                    && !pool.name().equals(poolName)) {
                continue;
            }
            pool.running().ifPresent(running -> {
                throw busy("Operation is not allowed: Another agentpool operation (" + pool.name() + " - "
                        + pool.state() + ") is in progress (operation ID: " + running.id()
                        + "), please wait for it to finish before starting a new operation. See"
                        + " https://aka.ms/aks-pending-operation for more details");
            });
        }
    }

    private void requireClusterFree(ManagedCluster cluster) {
        Optional<Operation> running = cluster.running();
        if (running.isPresent() && cluster.state().equals("Deleting")) {
            throw busy("The only allowed operation is deletion once deletion has started.");
        }
        if (running.isPresent()) {
            Operation operation = running.get();
            throw busy("Operation is not allowed because there's an in progress " + operation.kind()
                    + " operation (operation ID: " + operation.id() + ") on the managed cluster started on UTC "
                    + TIME.format(operation.start())
                    + ". Please wait for it to finish before starting a new operation. You can also use"
                    + " 'az aks operation-abort -n " + cluster.name() + " -g "
                    + cluster.group().name()
                    + "' to abort the ongoing operation.");
        }
    }

    private Refusal busy(String message) {
        return ArmError.aks(behaviours.number(Behaviour.BUSY_STATUS), "OperationNotAllowed", message);
    }
}
