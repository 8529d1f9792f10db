package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.Deed.Condition;
import dev.fleetwright.simulator.InProcess.Outcome;
import dev.fleetwright.simulator.ReferenceFleet.Cluster;
import dev.fleetwright.simulator.ReferenceFleet.Pool;
import dev.fleetwright.simulator.ReferenceFleet.Work;
import java.util.List;

/** Deeds on whole clusters: asked of the simulator, and entered into the model when they are accepted. */
final class ClusterDeeds {
    private final Stage stage;
    private final ReferenceModel model;

    ClusterDeeds(Stage stage) {
        this.stage = stage;
        this.model = stage.model;
    }

    void put(Deed.PutCluster deed) {
        put(deed.cluster(), "", ",'tags':{'a':'" + deed.tag() + "'}", deed.condition());
    }

    void upgrade(Deed.UpgradeCluster deed) {
        put(deed.cluster(), deed.version(), "", deed.condition());
    }

    private void put(String name, String version, String more, Condition condition) {
        int status = model.putCluster(name, version, condition);
        String[] headers = stage.headers(condition, name);
        String wish = version.isEmpty() ? "" : "'kubernetesVersion':'" + version + "'";
        String body = model.cluster(name).isPresent()
                ? "{'location':'westeurope'" + more + ",'properties':{" + wish + "}}"
                : Bench.cluster("sys", 2).replace("1.34.2", version.isEmpty() ? Versions.FIRST : version);
        Outcome outcome = stage.call(status, "PUT", Stage.path(name), body, headers);
        if (status == 201) {
            String first = version.isEmpty() ? Versions.FIRST : version;
            Cluster cluster = new Cluster(first);
            cluster.pools.put("sys", new Pool(2, true, first));
            model.clusters.put(name, cluster);
            model.begun(name, "create managed cluster", "Creating", "Creating", outcome.operation());
        } else if (status == 200) {
            Cluster cluster = model.clusters.get(name);
            cluster.wanted = version.isEmpty() ? cluster.wanted : version;
            boolean upgrade = !cluster.wanted.equals(cluster.version);
            model.begun(
                    name,
                    upgrade ? "upgrade managed cluster" : "update managed cluster",
                    upgrade ? "Upgrading" : "Updating",
                    "Updating",
                    outcome.operation());
        }
    }

    void turn(String name, boolean stopped) {
        int status = model.turn(name, stopped);
        String verb = stopped ? "stop" : "start";
        Outcome outcome = stage.call(status, "POST", Stage.path(name) + "/" + verb, "");
        if (status == 202) {
            model.clusters.get(name).stopped = stopped;
            String state = stopped ? "Stopping" : "Starting";
            model.begun(name, verb + " managed cluster", state, "Updating", outcome.operation());
        }
    }

    void delete(Deed.DeleteCluster deed) {
        int status = model.deleteCluster(deed);
        String name = deed.cluster();
        boolean joins =
                model.cluster(name).filter(c -> c.state.equals("Deleting")).isPresent();
        Outcome outcome = stage.call(status, "DELETE", Stage.path(name), "", stage.headers(deed.condition(), name));
        if (status == 202 && joins) {
            assertThat(outcome.operation())
                    .isEqualTo(model.clusters.get(name).work.url());
        } else if (status == 202) {
            List<Work> before = running(model, name);
            model.begun(name, "delete managed cluster", "Deleting", "Deleting", outcome.operation());
            requirePreempted(stage, before);
        }
    }

    /** What runs on a cluster and its pools. */
    static List<Work> running(ReferenceModel model, String name) {
        return model.running().filter(work -> work.cluster().equals(name)).toList();
    }

    static void requirePreempted(Stage stage, List<Work> before) {
        for (Work work : before) {
            JsonNode operation = stage.arm.call("GET", work.url(), "").body();
            assertThat(operation.path("status").asText()).isEqualTo("Failed");
            assertThat(operation.at("/error/code").asText()).isEqualTo("AKSOperationPreemptedByDelete");
        }
    }

    void abort(Deed.AbortCluster deed) {
        int status = model.abortCluster(deed.cluster());
        stage.call(status, "POST", Stage.path(deed.cluster()) + "/abort", "");
        if (status == 202) {
            model.clusters.get(deed.cluster()).state = "Canceling";
        }
    }
}
