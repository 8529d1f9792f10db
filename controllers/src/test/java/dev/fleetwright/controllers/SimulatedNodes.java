package dev.fleetwright.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.Machine;
import dev.fleetwright.controllers.fleet.Workload;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.simulator.AksSimulator;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The nodes that the simulator's machines would be: every machine of a finished cluster is a Ready node, but for those of
 * clusters that a test made silent. Resource group ids are in lower case, as kubelets write them.
 */
final class SimulatedNodes implements Workload {
    private final AksSimulator simulator;
    private final Supplier<Azure> azure;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    SimulatedNodes(AksSimulator simulator, Supplier<Azure> azure) {
        this.simulator = simulator;
        this.azure = azure;
    }

    void silence(String cluster) {
        silent.add(cluster);
    }

    void letSpeak(String cluster) {
        silent.remove(cluster);
    }

    @Override
    public Optional<List<Node>> nodes(ObjectKey cluster) {
        if (silent.contains(cluster.name())) {
            return Optional.empty();
        }
        for (JsonNode found : simulator.state().path("clusters")) {
            ArmId id = ArmId.parse(found.path("id").asText());
            if (id.name().equals(cluster.name())
                    && !found.path("provisioningState").asText().equals("Creating")) {
                return Optional.of(nodes(id, found));
            }
        }
        return Optional.empty();
    }

    private List<Node> nodes(ArmId cluster, JsonNode found) {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode pool : found.path("agentPools")) {
            String name = pool.path("name").asText();
            for (Machine machine : azure.get().agentPools().machines(cluster.agentPool(name))) {
                nodes.add(new NodeBuilder()
                        .withNewMetadata()
                        .withName(machine.name())
                        .withUid(machine.name())
                        .addToLabels("kubernetes.azure.com/agentpool", name)
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID(machine.providerID().toLowerCase(Locale.ROOT))
                        .endSpec()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
            }
        }
        return nodes;
    }
}
