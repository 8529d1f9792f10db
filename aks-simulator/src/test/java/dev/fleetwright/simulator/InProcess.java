package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Delivery;
import dev.fleetwright.simulator.http.Dispatcher;
import dev.fleetwright.simulator.http.Faults;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.http.Site;
import dev.fleetwright.simulator.http.Tally;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.time.Durations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;

/** ARM behind the entry that every request takes, without TLS and without sign-in: on the thread of the test. */
final class InProcess {
    private static final String BASE = "https://arm";

    final ManualTimeline time;
    final OperationFaults faults = new OperationFaults();
    final ArmWorld world;
    private final Dispatcher dispatcher;

    InProcess(
            SimulatorOptions options,
            ManualTimeline time,
            RememberingBackend backend,
            RequestLog log,
            Journal journal,
            Collection<Entry> former) {
        this.time = time;
        var random = new SplittableRandom(options.seed());
        var parts = new ArmWorld.Parts(time, Durations.published(random.split()), backend, faults, random.split());
        world = ArmWorld.of(options, parts, journal, former);
        var site = new Site("/", world.routes(), (call, route) -> call.parsed(malformed()), call -> Reply.empty(404));
        dispatcher = new Dispatcher(List.of(site), time, log, new Tally(), new Faults(random.split()));
        world.state().resume();
    }

    private static Refusal malformed() {
        return new Refusal("not JSON", Reply.empty(400));
    }

    /**
     * What came back.
     *
     * @param operation path and query of the Azure-AsyncOperation header; empty without one
     * @param location path and query of the Location header; empty without one
     */
    record Outcome(int status, String operation, String location, JsonNode body) {}

    /** Adds the api-version where the path has no query. Single quotes stand for double ones. */
    Outcome call(String method, String pathAndQuery, String json, String... headers) {
        int query = pathAndQuery.indexOf('?');
        String path = query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
        var named = new HashMap<String, List<String>>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], new ArrayList<>(List.of(headers[i + 1])));
        }
        Delivery delivery = dispatcher.serve(Call.of(
                method,
                BASE,
                path,
                query < 0 ? "api-version=" + Wire.VERSION : pathAndQuery.substring(query + 1),
                named,
                json.replace('\'', '"')));
        Reply reply = ((Delivery.Answer) delivery).reply();
        return new Outcome(
                reply.status(),
                reply.headers().getOrDefault("Azure-AsyncOperation", "").replace(BASE, ""),
                reply.headers().getOrDefault("Location", "").replace(BASE, ""),
                reply.body() == null ? MissingNode.getInstance() : reply.body());
    }
}
