package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ManagedClusterState;
import java.util.Comparator;
import java.util.Optional;

/** Whether anything runs on a managed cluster: then nothing else is sent to it (aks-protocol.md section 5, what is locked). */
public final class Busy {
    private Busy() {}

    /** What runs, for a condition's message; empty when nothing does. */
    public static Optional<String> on(ManagedClusterState cluster) {
        if (!cluster.provisioningState().terminal()) {
            return Optional.of("the managed cluster is " + cluster.provisioningState());
        }
        return cluster.pools().stream()
                .filter(p -> !p.provisioningState().terminal())
                .min(Comparator.comparing(AgentPoolState::name))
                .map(p -> "agent pool " + p.name() + " is " + p.provisioningState());
    }
}
