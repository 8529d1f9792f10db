package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.Deed.Condition;
import dev.fleetwright.simulator.InProcess.Outcome;
import dev.fleetwright.simulator.ReferenceModel.Cluster;
import dev.fleetwright.simulator.ReferenceModel.Pool;
import dev.fleetwright.simulator.ReferenceModel.Resource;
import dev.fleetwright.simulator.ReferenceModel.Work;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.state.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One history, done to the simulator and to the reference model side by side. */
final class History {
    private static final List<String> TERMINAL = List.of("Succeeded", "Failed", "Canceled");

    private final SimulatorOptions options;
    private final RequestLog log;
    private final ReferenceModel model;
    private final RememberingBackend backend = new RememberingBackend();
    private final MemoryJournal journal = new MemoryJournal();
    private final Map<String, String> finals = new HashMap<>();
    private InProcess arm;

    History(Path folder, RequestLog log, boolean parallel, boolean preempting) {
        this.log = log;
        options = SimulatorOptions.in(folder)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withBehaviours(Behaviours.standard()
                        .with(Behaviour.PARALLEL_POOL_OPERATIONS, Boolean.toString(parallel))
                        .with(Behaviour.DELETE_PREEMPTS, Boolean.toString(preempting)));
        model = new ReferenceModel(parallel, preempting);
        arm = new InProcess(options, new ManualTimeline(), backend, log, journal, List.of());
        assertThat(arm.call("PUT", Wire.RG, "{'location':'westeurope'}").status())
                .isEqualTo(201);
    }

    void run(List<Deed> deeds) {
        for (Deed deed : deeds) {
            run(deed);
            check();
        }
        model.ordered.clear();
        arm.faults.clear();
        run(new Deed.Pass(Duration.ofHours(2)));
        check();
        assertThat(model.running()).as("what never ends").isEmpty();
    }

    private void run(Deed deed) {
        switch (deed) {
            case Deed.PutCluster put -> put(put);
            case Deed.DeleteCluster delete -> delete(delete);
            case Deed.AbortCluster abort -> abort(abort);
            case Deed.PutPool put -> put(put);
            case Deed.DeletePool delete -> delete(delete);
            case Deed.AbortPool abort -> abort(abort);
            case Deed.DeleteMachine delete -> delete(delete);
            case Deed.Fail fail -> {
                model.ordered.add(fail);
                order(fail);
            }
            case Deed.Pass pass -> arm.time.advance(pass.time());
            case Deed.Restart _ -> restart();
            case Deed.Reload _ -> reload();
        }
        // in the order in which they ended: the first that fits takes an order to fail
        model.running()
                .map(work -> new Seen(work, arm.call("GET", work.url(), "").body()))
                .sorted(Comparator.comparing(
                                (Seen seen) -> seen.operation().path("endTime").asText())
                        .thenComparing(seen -> seen.operation().path("status").asText()))
                .forEach(seen -> observe(seen.work(), seen.operation()));
    }

    private record Seen(Work work, JsonNode operation) {}

    private void order(Deed.Fail fail) {
        arm.faults.failNext(1, "^" + fail.kind() + "$", "/managedClusters/" + fail.cluster() + "(/|$)", "Ordered", "");
    }

    private static String path(String cluster) {
        return Wire.RG + "/providers/Microsoft.ContainerService/managedClusters/" + cluster;
    }

    private static String path(String cluster, String pool) {
        return path(cluster) + "/agentPools/" + pool;
    }

    private Outcome call(int expected, String method, String path, String json, String... headers) {
        long written = journal.writes();
        Outcome outcome = arm.call(method, path, json, headers);
        assertThat(outcome.status())
                .as(method + " " + path + ": " + outcome.body())
                .isEqualTo(expected);
        if (expected >= 400 || expected == 204) {
            assertThat(journal.writes()).as("a refusal changes nothing").isEqualTo(written);
        }
        return outcome;
    }

    private static String[] headers(Condition condition, String eTag) {
        return switch (condition) {
            case NONE -> new String[0];
            case CURRENT -> new String[] {"if-match", '"' + (eTag.isEmpty() ? "none" : eTag) + '"'};
            case STALE -> new String[] {"if-match", "\"stale\""};
            case ANY -> new String[] {"if-match", "*"};
            case ABSENT -> new String[] {"if-none-match", "*"};
            case MALFORMED -> new String[] {"if-none-match", "\"x\""};
            case BOTH -> new String[] {"if-match", "*", "if-none-match", "*"};
        };
    }

    private String eTag(String cluster) {
        return model.cluster(cluster).map(c -> c.eTag).orElse("");
    }

    private String eTag(String cluster, String pool) {
        return model.pool(cluster, pool).map(p -> p.eTag).orElse("");
    }

    private void put(Deed.PutCluster deed) {
        int status = model.putCluster(deed);
        String[] headers = headers(deed.condition(), eTag(deed.cluster()));
        String body = model.cluster(deed.cluster()).isPresent()
                ? "{'location':'westeurope','tags':{'a':'" + deed.tag() + "'}}"
                : Bench.cluster("sys", 2);
        Outcome outcome = call(status, "PUT", path(deed.cluster()), body, headers);
        if (status == 201) {
            model.begun(deed.cluster(), "create managed cluster", "Creating", "Creating", outcome.operation());
            model.clusters.get(deed.cluster()).pools.put("sys", new Pool(2, true));
        } else if (status == 200) {
            model.begun(deed.cluster(), "update managed cluster", "Updating", "Updating", outcome.operation());
        }
    }

    private void delete(Deed.DeleteCluster deed) {
        int status = model.deleteCluster(deed);
        boolean joins = model.cluster(deed.cluster())
                .filter(c -> c.state.equals("Deleting"))
                .isPresent();
        Outcome outcome =
                call(status, "DELETE", path(deed.cluster()), "", headers(deed.condition(), eTag(deed.cluster())));
        if (status == 202 && joins) {
            assertThat(outcome.operation())
                    .isEqualTo(model.clusters.get(deed.cluster()).work.url());
        } else if (status == 202) {
            var preempted = model.running()
                    .filter(work -> work.cluster().equals(deed.cluster()))
                    .toList();
            model.begun(deed.cluster(), "delete managed cluster", "Deleting", "Deleting", outcome.operation());
            preempted.forEach(work -> {
                JsonNode operation = arm.call("GET", work.url(), "").body();
                assertThat(operation.path("status").asText()).isEqualTo("Failed");
                assertThat(operation.at("/error/code").asText()).isEqualTo("AKSOperationPreemptedByDelete");
            });
        }
    }

    private void abort(Deed.AbortCluster deed) {
        if (call(model.abortCluster(deed), "POST", path(deed.cluster()) + "/abort", "")
                        .status()
                == 202) {
            model.clusters.get(deed.cluster()).state = "Canceling";
        }
    }

    private void put(Deed.PutPool deed) {
        int status = model.putPool(deed);
        String[] headers = headers(deed.condition(), eTag(deed.cluster(), deed.pool()));
        String mode = deed.system() ? "System" : "User";
        String body = Bench.properties("'mode':'" + mode + "','count':" + deed.count() + ",'vmSize':'Standard_D4s_v5'");
        Outcome outcome = call(status, "PUT", path(deed.cluster(), deed.pool()), body, headers);
        if (status == 201) {
            model.clusters.get(deed.cluster()).pools.put(deed.pool(), new Pool(deed.count(), deed.system()));
            model.begunOnPool(deed.cluster(), deed.pool(), "create agentpool", "Creating", outcome.operation());
        } else if (status == 200) {
            Pool pool = model.pool(deed.cluster(), deed.pool()).orElseThrow();
            String state = pool.count == deed.count() ? "Updating" : "Scaling";
            pool.count = deed.count();
            pool.system = deed.system();
            model.begunOnPool(deed.cluster(), deed.pool(), "update agentpool", state, outcome.operation());
        }
    }

    private void delete(Deed.DeletePool deed) {
        int status = model.deletePool(deed);
        var joined = model.pool(deed.cluster(), deed.pool())
                .filter(p -> p.state.equals("Deleting"))
                .map(p -> p.work);
        Outcome outcome = call(
                status,
                "DELETE",
                path(deed.cluster(), deed.pool()),
                "",
                headers(deed.condition(), eTag(deed.cluster(), deed.pool())));
        if (status == 202 && joined.isPresent()) {
            assertThat(outcome.operation()).isEqualTo(joined.get().url());
        } else if (status == 202) {
            model.begunOnPool(deed.cluster(), deed.pool(), "delete agentpool", "Deleting", outcome.operation());
        }
    }

    private void abort(Deed.AbortPool deed) {
        int status = model.abortPool(deed);
        if (call(status, "POST", path(deed.cluster(), deed.pool()) + "/abort", "")
                        .status()
                == 202) {
            model.pool(deed.cluster(), deed.pool()).orElseThrow().state = "Canceling";
        }
    }

    private void delete(Deed.DeleteMachine deed) {
        var pool = model.pool(deed.cluster(), deed.pool());
        JsonNode machines = arm.call("GET", path(deed.cluster(), deed.pool()) + "/machines", "")
                .body()
                .path("value");
        if (pool.isEmpty() || machines.size() < 2 || pool.get().count != machines.size()) {
            return;
        }
        int status = model.deleteMachine(deed);
        String body = "{'machineNames':['" + machines.path(0).path("name").asText() + "']}";
        Outcome outcome = call(status, "POST", path(deed.cluster(), deed.pool()) + "/deleteMachines", body);
        if (status == 202) {
            pool.get().count--;
            model.begunOnPool(deed.cluster(), deed.pool(), "delete machines", "Updating", outcome.operation());
        }
    }

    private void restart() {
        assertThat(journal.entries()).as("the journal").containsExactlyInAnyOrderElementsOf(entries());
        arm = new InProcess(options, new ManualTimeline(arm.time.now()), backend, log, journal, journal.entries());
        model.ordered.forEach(this::order);
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        arm.world.state().snapshot().path("entries").forEach(entry -> entries.add(Entry.read(entry)));
        return entries;
    }

    private void reload() {
        JsonNode before = arm.world.state().snapshot();
        arm.world.state().restore(before);
        if (model.ordered.isEmpty()) {
            // an order to fail would be followed at once
            assertThat(arm.world.state().snapshot()).isEqualTo(before);
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
        if (status.equals("Canceled") && work.pool() != null) {
            // an abort rolls nothing back: the pool has the nodes that it has
            Pool pool = model.pool(work.cluster(), work.pool()).orElseThrow();
            int machines = machines(work.cluster(), work.pool()).size();
            assertThat(machines).isBetween(0, 12);
            pool.count = machines;
        }
    }

    private Set<String> machines(String cluster, String pool) {
        var names = new HashSet<String>();
        arm.call("GET", path(cluster, pool) + "/machines", "")
                .body()
                .path("value")
                .forEach(machine -> names.add(machine.path("name").asText()));
        return names;
    }

    /** Compares everything that a client can see with the model. */
    private void check() {
        JsonNode list = arm.call("GET", Wire.S + "/providers/Microsoft.ContainerService/managedClusters", "")
                .body()
                .path("value");
        assertThat(list).as("clusters").hasSize(model.clusters.size());
        for (JsonNode document : list) {
            String name = document.path("name").asText();
            Cluster cluster = model.cluster(name).orElseThrow();
            JsonNode properties = document.path("properties");
            same(name, cluster, properties.path("provisioningState"), document.path("eTag"));
            JsonNode profiles = properties.path("agentPoolProfiles");
            assertThat(profiles).as("pools of " + name).hasSize(cluster.pools.size());
            for (JsonNode profile : profiles) {
                String poolName = profile.path("name").asText();
                Pool pool = model.pool(name, poolName).orElseThrow();
                same(name + "/" + poolName, pool, profile.path("provisioningState"), profile.path("eTag"));
                assertThat(profile.path("count").asInt())
                        .as("count of " + poolName)
                        .isEqualTo(pool.count);
            }
        }
        checkMachines();
        checkOperations();
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

    /** Every machine belongs to one pool, and its node is there exactly while it is. */
    private void checkMachines() {
        JsonNode evidence = arm.world.aks().evidence();
        for (JsonNode document : evidence.path("clusters")) {
            String name = document.path("id").asText().replaceAll(".*/", "");
            Cluster cluster = model.cluster(name).orElseThrow();
            var nodes = new ArrayList<String>();
            for (JsonNode pool : document.path("agentPools")) {
                pool.path("machines").forEach(machine -> nodes.add(machine.asText()));
                if (pool.path("provisioningState").asText().equals("Succeeded") && !cluster.busy()) {
                    assertThat(pool.path("machines"))
                            .as("machines of " + pool)
                            .hasSize(pool.path("count").asInt());
                }
            }
            String key = document.path("key").asText();
            assertThat(nodes).as("machines").doesNotHaveDuplicates();
            if (backend.has(key)) {
                assertThat(backend.nodes(key)).as("nodes of " + name).containsExactlyInAnyOrderElementsOf(nodes);
            } else {
                assertThat(nodes).isEmpty();
            }
        }
    }

    /** At most one operation per cluster, or per pool where they run side by side; the end of one is final. */
    private void checkOperations() {
        var running = new ArrayList<String>();
        for (JsonNode operation : arm.world.aks().evidence().path("operations")) {
            String id = operation.path("id").asText();
            String status = operation.path("status").asText();
            String former = finals.get(id);
            if (former != null) {
                assertThat(status).as("an end is final").isEqualTo(former);
            } else if (operation.has("end")) {
                finals.put(id, status);
            } else if (!operation.path("kind").asText().startsWith("abort")) {
                running.add(operation.path("subject").asText());
            }
        }
        var expected = model.running()
                .map(work -> work.pool() == null ? path(work.cluster()) : path(work.cluster(), work.pool()))
                .map(path -> path.replace("resourceGroups", "resourcegroups"))
                .toList();
        assertThat(running).as("operations that run").containsExactlyInAnyOrderElementsOf(expected);
    }
}
