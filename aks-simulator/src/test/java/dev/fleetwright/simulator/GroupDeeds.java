package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.ReferenceFleet.Work;
import java.util.List;

/** Deeds on resource groups, and the end of their deletions. */
final class GroupDeeds {
    private final Stage stage;
    private final ReferenceModel model;

    GroupDeeds(Stage stage) {
        this.stage = stage;
        this.model = stage.model;
    }

    void put(Deed.PutGroup deed) {
        int status = model.putGroup(deed.group());
        stage.call(status, "PUT", Stage.group(deed.group()), "{'location':'westeurope'}");
        if (status == 201) {
            model.groups.put(deed.group(), "");
        }
    }

    /** The deletion pre-empts whatever runs inside, and joins the deletions that run already. */
    void delete(Deed.DeleteGroup deed) {
        int status = model.deleteGroup(deed.group());
        String location =
                stage.call(status, "DELETE", Stage.group(deed.group()), "").location();
        if (status != 202) {
            return;
        }
        if (!model.groups.getOrDefault(deed.group(), "").isEmpty()) {
            assertThat(id(location)).as("a second deletion").isEqualTo(id(model.groups.get(deed.group())));
            return;
        }
        model.groups.put(deed.group(), location);
        for (String cluster : model.inside(deed.group())) {
            if (!model.clusters.get(cluster).state.equals("Deleting")) {
                List<Work> before = ClusterDeeds.running(model, cluster);
                // a second deletion joins the first and changes nothing
                String url = stage.call(202, "DELETE", Stage.path(cluster), "").operation();
                model.begun(cluster, "delete managed cluster", "Deleting", "Deleting", url);
                ClusterDeeds.requirePreempted(stage, before);
            }
        }
    }

    /** The part of a location that stays the same from one poll to the next. */
    private static String id(String location) {
        return location.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    /** What the simulator alone tells of a deletion: which has no document, as in life. */
    JsonNode evidence(String group) {
        String id = id(model.groups.getOrDefault(group, ""));
        for (JsonNode operation : stage.arm.world.aks().evidence().path("operations")) {
            if (operation.path("id").asText().equals(id)) {
                return operation;
            }
        }
        throw new AssertionError("no deletion of " + group);
    }

    /** It succeeds if, and only if, nothing is left inside; otherwise the group is what it was (published error text). */
    void observe(String group, JsonNode evidence) {
        boolean over = evidence.has("end");
        boolean left = !model.inside(group).isEmpty();
        var poll = stage.arm.call("GET", model.groups.getOrDefault(group, ""), "");
        assertThat(poll.status()).as("deletion of " + group).isEqualTo(!over ? 202 : left ? 409 : 200);
        if (over) {
            assertThat(poll.body().at("/error/code").asText()).isEqualTo(left ? "ResourceGroupDeletionBlocked" : "");
            model.vanished(group);
        }
    }
}
