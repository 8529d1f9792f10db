package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.Deed.Condition;
import dev.fleetwright.simulator.InProcess.Outcome;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.RequestLog;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The simulator and the reference model of one history side by side, and how the one is asked what the other expects. */
final class Stage {
    final ReferenceModel model;
    final RememberingBackend backend = new RememberingBackend();
    final MemoryJournal journal = new MemoryJournal();
    private final SimulatorOptions options;
    private final RequestLog log;
    InProcess arm;

    Stage(Path folder, RequestLog log, boolean parallel, boolean preempting) {
        this.log = log;
        options = SimulatorOptions.in(folder)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withVersions(Versions.OFFERED)
                .withBehaviours(Behaviours.standard()
                        .with(Behaviour.PARALLEL_POOL_OPERATIONS, Boolean.toString(parallel))
                        .with(Behaviour.DELETE_PREEMPTS, Boolean.toString(preempting)));
        model = new ReferenceModel(parallel, preempting);
        arm = new InProcess(options, new ManualTimeline(), backend, log, journal, List.of());
    }

    /** Another process takes up what the journal has. */
    void restart() {
        arm = new InProcess(options, new ManualTimeline(arm.time.now()), backend, log, journal, journal.entries());
        model.ordered.forEach(this::order);
    }

    /** Lets the simulator do what the model has noted. */
    void order(Deed.Fail fail) {
        arm.faults.failNext(1, "^" + fail.kind() + "$", "/managedClusters/" + fail.cluster() + "(/|$)", "Ordered", "");
    }

    static String group(String name) {
        return Wire.S + "/resourceGroups/" + name;
    }

    static String path(String cluster) {
        return group(Deed.groupOf(cluster)) + "/providers/Microsoft.ContainerService/managedClusters/" + cluster;
    }

    static String path(String cluster, String pool) {
        return path(cluster) + "/agentPools/" + pool;
    }

    Outcome call(int expected, String method, String path, String json, String... headers) {
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

    /** The headers of a condition on a cluster. */
    String[] headers(Condition condition, String cluster) {
        return conditional(condition, model.cluster(cluster).map(c -> c.eTag).orElse(""));
    }

    /** The headers of a condition on a pool. */
    String[] headers(Condition condition, String cluster, String pool) {
        return conditional(condition, model.pool(cluster, pool).map(p -> p.eTag).orElse(""));
    }

    private static String[] conditional(Condition condition, String eTag) {
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

    /** The names of a pool's machines. */
    Set<String> machines(String cluster, String pool) {
        var names = new HashSet<String>();
        arm.call("GET", path(cluster, pool) + "/machines", "")
                .body()
                .path("value")
                .forEach(machine -> names.add(machine.path("name").asText()));
        return names;
    }
}
