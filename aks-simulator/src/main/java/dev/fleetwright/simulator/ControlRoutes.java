package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Faults;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.SimulatorServer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;

/** The simulator's own endpoints under /simulator: trouble on demand, and evidence. No token is asked for. */
final class ControlRoutes {
    private final Faults faults;
    private final OperationFaults operations;
    private final RequestLog log;
    private final Supplier<ObjectNode> evidence;

    ControlRoutes(Faults faults, OperationFaults operations, RequestLog log, Supplier<ObjectNode> evidence) {
        this.faults = faults;
        this.operations = operations;
        this.log = log;
        this.evidence = evidence;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/simulator/faults", "simulator faults", "", this::arm),
                new Route("DELETE", "/simulator/faults", "simulator faults", "", this::disarm),
                new Route("GET", "/simulator/requests", "simulator requests", "", this::requests),
                new Route("GET", "/simulator/counters", "simulator counters", "", this::counters),
                new Route("GET", "/simulator/state", "simulator state", "", call -> Reply.of(200, evidence.get())));
    }

    /**
     * Body: {@code {times, method, path, status, code, retryAfter, latencyMs, loseReply}} for calls, or {@code {times,
     * operation, path, code, message}} for long-running operations.
     */
    private Reply arm(Call call) {
        JsonNode body =
                SimulatorServer.parsed(call, refused("the body is not JSON")).json();
        try {
            int times = Math.max(1, body.path("times").asInt(1));
            if (body.has("operation")) {
                operations.failNext(
                        times,
                        body.path("operation").asText(),
                        body.path("path").asText(""),
                        body.path("code").asText("InternalOperationError"),
                        body.path("message").asText("Made on demand by the simulator."));
            } else {
                faults.next(times, Faults.Rule.read(body));
            }
        } catch (PatternSyntaxException e) {
            throw refused(e.getDescription());
        }
        return Reply.empty(204);
    }

    private Reply disarm(Call call) {
        faults.clear();
        operations.clear();
        return Reply.empty(204);
    }

    /** With {@code ?since=<time>}: only requests from then on. */
    private Reply requests(Call call) {
        Instant since = call.queryValue("since").map(ControlRoutes::time).orElse(Instant.EPOCH);
        var body = Json.object();
        var values = body.putArray("value");
        log.entries(entry -> !entry.time().isBefore(since)).forEach(entry -> values.add(entry.document()));
        return Reply.of(200, body);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused("since is not a time such as 2026-11-21T21:00:00Z");
        }
    }

    private Reply counters(Call call) {
        var body = Json.object();
        log.counters().forEach(body::put);
        return Reply.of(200, body);
    }

    private static Refusal refused(String message) {
        return new Refusal(message, Reply.of(400, Json.object().put("message", message)));
    }
}
