package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.ReferenceFleet.Cluster;
import dev.fleetwright.simulator.ReferenceFleet.Pool;
import dev.fleetwright.simulator.ReferenceFleet.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Compares everything that a client can see with the model, and what only the simulator tells with what must always hold. */
final class Scrutiny {
    private final Stage stage;
    private final ReferenceModel model;
    private final Map<String, String> finals = new HashMap<>();

    Scrutiny(Stage stage) {
        this.stage = stage;
        this.model = stage.model;
    }

    void check() {
        checkGroups();
        JsonNode list = stage.arm
                .call("GET", Wire.S + "/providers/Microsoft.ContainerService/managedClusters", "")
                .body()
                .path("value");
        assertThat(list).as("clusters").hasSize(model.clusters.size());
        for (JsonNode document : list) {
            check(document);
        }
        JsonNode evidence = stage.arm.world.aks().evidence();
        checkMachines(evidence);
        checkOperations(evidence);
    }

    private void checkGroups() {
        var states = new HashMap<String, String>();
        stage.arm
                .call("GET", Wire.S + "/resourceGroups", "")
                .body()
                .path("value")
                .forEach(group -> states.put(
                        group.path("name").asText(),
                        group.at("/properties/provisioningState").asText()));
        var expected = new HashMap<String, String>();
        model.groups.forEach((group, deletion) -> expected.put(group, deletion.isEmpty() ? "Succeeded" : "Deleting"));
        assertThat(states).as("groups").isEqualTo(expected);
    }

    private void check(JsonNode document) {
        String name = document.path("name").asText();
        Cluster cluster = model.cluster(name).orElseThrow();
        JsonNode properties = document.path("properties");
        same(name, cluster, properties.path("provisioningState"), document.path("eTag"));
        assertThat(properties.path("kubernetesVersion").asText())
                .as("wanted version of " + name)
                .isEqualTo(cluster.wanted);
        assertThat(properties.path("currentKubernetesVersion").asText())
                .as("version of " + name)
                .isIn(cluster.version, cluster.busy() ? cluster.wanted : cluster.version);
        assertThat(properties.at("/powerState/code").asText()).isEqualTo(cluster.stopped ? "Stopped" : "Running");
        JsonNode profiles = properties.path("agentPoolProfiles");
        assertThat(profiles).as("pools of " + name).hasSize(cluster.pools.size());
        for (JsonNode profile : profiles) {
            String poolName = profile.path("name").asText();
            Pool pool = model.pool(name, poolName).orElseThrow();
            same(name + "/" + poolName, pool, profile.path("provisioningState"), profile.path("eTag"));
            assertThat(profile.path("count").asInt()).as("count of " + poolName).isEqualTo(pool.count);
            assertThat(profile.path("currentOrchestratorVersion").asText())
                    .as("version of " + poolName)
                    .isEqualTo(pool.version);
        }
    }

    private static void same(String name, Resource resource, JsonNode state, JsonNode eTag) {
        assertThat(state.asText()).as("state of " + name).isEqualTo(resource.state);
        if (resource.eTagMoves) {
            assertThat(eTag.asText()).as("eTag of " + name).isNotEmpty().isNotEqualTo(resource.eTag);
        } else {
            assertThat(eTag.asText()).as("eTag of " + name).isEqualTo(resource.eTag);
        }
        resource.eTag = eTag.asText();
        resource.eTagMoves = false;
    }

    /** Every machine belongs to one pool, and its node is there exactly while it is; no API server is left over. */
    private void checkMachines(JsonNode evidence) {
        var keys = new HashSet<String>();
        for (JsonNode document : evidence.path("clusters")) {
            String name = document.path("id").asText().replaceAll(".*/", "");
            String key = document.path("key").asText();
            keys.add(key);
            Cluster cluster = model.cluster(name).orElseThrow();
            var nodes = new ArrayList<String>();
            for (JsonNode pool : document.path("agentPools")) {
                pool.path("machines").forEach(machine -> nodes.add(machine.asText()));
                if (pool.path("provisioningState").asText().equals("Succeeded") && !cluster.busy()) {
                    checkSettled(cluster, key, pool);
                }
            }
            assertThat(nodes).as("machines").doesNotHaveDuplicates();
            if (stage.backend.has(key)) {
                assertThat(stage.backend.nodes(key)).as("nodes of " + name).containsExactlyInAnyOrderElementsOf(nodes);
            } else {
                assertThat(nodes).isEmpty();
            }
        }
        assertThat(keys).as("API servers").containsAll(stage.backend.keys());
    }

    /** A pool at rest has as many machines as it says, and of its version. */
    private void checkSettled(Cluster cluster, String key, JsonNode document) {
        Pool pool = cluster.pools.get(document.path("name").asText());
        assertThat(document.path("machines"))
                .as("machines of " + document)
                .hasSize(cluster.stopped ? 0 : document.path("count").asInt());
        if (pool.rolled) {
            document.path("machines")
                    .forEach(machine -> assertThat(stage.backend.version(key, machine.asText()))
                            .as("version of " + machine)
                            .isEqualTo("v" + pool.version));
        }
    }

    /** At most one operation per cluster, or per pool where they run side by side; the end of one is final. */
    private void checkOperations(JsonNode evidence) {
        var running = new ArrayList<String>();
        for (JsonNode operation : evidence.path("operations")) {
            String id = operation.path("id").asText();
            String status = operation.path("status").asText();
            String former = finals.get(id);
            if (former != null) {
                assertThat(status).as("an end is final").isEqualTo(former);
            } else if (operation.has("end")) {
                finals.put(id, status);
            } else if (!operation.path("kind").asText().startsWith("abort")) {
                running.add(operation.path("subject").asText().toLowerCase(Locale.ROOT));
            }
        }
        var onClusters = model.running()
                .map(work ->
                        work.pool() == null ? Stage.path(work.cluster()) : Stage.path(work.cluster(), work.pool()));
        var expected = Stream.concat(onClusters, model.vanishing().stream().map(Stage::group))
                .map(path -> path.toLowerCase(Locale.ROOT))
                .toList();
        assertThat(running).as("operations that run").containsExactlyInAnyOrderElementsOf(expected);
    }
}
