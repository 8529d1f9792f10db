package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.ReferenceFleet.Cluster;
import dev.fleetwright.simulator.ReferenceFleet.Pool;
import dev.fleetwright.simulator.ReferenceFleet.Resource;
import dev.fleetwright.simulator.ReferenceFleet.Work;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.state.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One history, done to the simulator and to the reference model side by side. */
final class History {
    private static final List<String> TERMINAL = List.of("Succeeded", "Failed", "Canceled");

    private final Stage stage;
    private final ReferenceModel model;
    private final GroupDeeds groups;
    private final ClusterDeeds clusters;
    private final PoolDeeds pools;
    private final Scrutiny scrutiny;

    History(Path folder, RequestLog log, boolean parallel, boolean preempting) {
        stage = new Stage(folder, log, parallel, preempting);
        model = stage.model;
        groups = new GroupDeeds(stage);
        clusters = new ClusterDeeds(stage);
        pools = new PoolDeeds(stage);
        scrutiny = new Scrutiny(stage);
    }

    void run(List<Deed> deeds) {
        for (Deed deed : deeds) {
            run(deed);
            scrutiny.check();
        }
        model.ordered.clear();
        stage.arm.faults.clear();
        run(new Deed.Pass(Duration.ofHours(2)));
        scrutiny.check();
        assertThat(model.running()).as("what never ends").isEmpty();
        assertThat(model.vanishing()).as("groups whose deletion never ends").isEmpty();
    }

    private void run(Deed deed) {
        switch (deed) {
            case Deed.PutCluster put -> clusters.put(put);
            case Deed.UpgradeCluster upgrade -> clusters.upgrade(upgrade);
            case Deed.StopCluster stop -> clusters.turn(stop.cluster(), true);
            case Deed.StartCluster start -> clusters.turn(start.cluster(), false);
            case Deed.DeleteCluster delete -> clusters.delete(delete);
            case Deed.AbortCluster abort -> clusters.abort(abort);
            case Deed.PutPool put -> pools.put(put);
            case Deed.UpgradePool upgrade -> pools.upgrade(upgrade);
            case Deed.DeletePool delete -> pools.delete(delete);
            case Deed.AbortPool abort -> pools.abort(abort);
            case Deed.DeleteMachine delete -> pools.delete(delete);
            case Deed.PutGroup put -> groups.put(put);
            case Deed.DeleteGroup delete -> groups.delete(delete);
            case Deed.Fail fail -> {
                model.ordered.add(fail);
                stage.order(fail);
            }
            case Deed.Pass pass -> stage.arm.time.advance(pass.time());
            case Deed.Restart _ -> restart();
            case Deed.Reload _ -> reload();
        }
        observe();
    }

    /** Something that may have ended: when, its rank among those that ended at once, and what then follows. */
    private record Seen(Instant end, String rank, Runnable consequence) {}

    /** In the order in which they ended: the first that fits takes an order to fail, and a group goes after its clusters. */
    private void observe() {
        var seen = new ArrayList<Seen>();
        model.running().forEach(work -> {
            JsonNode operation = stage.arm.call("GET", work.url(), "").body();
            seen.add(new Seen(
                    end(operation.path("endTime")), operation.path("status").asText(), () -> observe(work, operation)));
        });
        for (String group : model.vanishing()) {
            JsonNode evidence = groups.evidence(group);
            seen.add(new Seen(end(evidence.path("end")), "group", () -> groups.observe(group, evidence)));
        }
        seen.sort(Comparator.comparing(Seen::end).thenComparing(Seen::rank));
        seen.forEach(one -> one.consequence().run());
    }

    private static Instant end(JsonNode time) {
        return time.isMissingNode() ? Instant.MAX : Instant.parse(time.asText());
    }

    private void restart() {
        assertThat(stage.journal.entries()).as("the journal").containsExactlyInAnyOrderElementsOf(entries());
        stage.restart();
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        stage.arm.world.state().snapshot().path("entries").forEach(entry -> entries.add(Entry.read(entry)));
        return entries;
    }

    private void reload() {
        JsonNode before = stage.arm.world.state().snapshot();
        stage.arm.world.state().restore(before);
        if (model.ordered.isEmpty()) {
            // an order to fail would be followed at once
            assertThat(stage.arm.world.state().snapshot()).isEqualTo(before);
        }
    }

    /** Sees whether an operation has ended, and how; it may not have ended otherwise than it could. */
    private void observe(Work work, JsonNode operation) {
        String status = operation.path("status").asText();
        if (!TERMINAL.contains(status)) {
            return;
        }
        Resource resource = work.pool() == null
                ? model.cluster(work.cluster()).orElseThrow()
                : model.pool(work.cluster(), work.pool()).orElseThrow();
        var fate = model.fate(work);
        switch (status) {
            case "Failed" -> {
                assertThat(operation.at("/error/code").asText()).isEqualTo("Ordered");
                assertThat(fate).as("an order to fail").isPresent();
                model.ordered.remove(fate.get());
            }
            case "Canceled" -> assertThat(resource.state).isEqualTo("Canceling");
            default ->
                assertThat(fate).as("an order to fail that was not followed").isEmpty();
        }
        model.ended(work, status);
        if (!status.equals("Succeeded")) {
            told(work, status);
        }
    }

    /** How far it came is not for the model to know. */
    private void told(Work work, String status) {
        if (work.pool() == null) {
            Cluster cluster = model.clusters.get(work.cluster());
            String version = stage.arm
                    .call("GET", Stage.path(work.cluster()), "")
                    .body()
                    .at("/properties/currentKubernetesVersion")
                    .asText();
            assertThat(version).isIn(cluster.version, cluster.wanted);
            cluster.version = version;
        } else if (status.equals("Canceled")) {
            // an abort rolls nothing back: the pool has the nodes that it has
            Pool pool = model.pool(work.cluster(), work.pool()).orElseThrow();
            pool.count = stage.machines(work.cluster(), work.pool()).size();
            assertThat(pool.count).isBetween(0, 12);
        }
    }
}
