package dev.fleetwright.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.FaultDocuments;
import dev.fleetwright.simulator.http.FaultDocuments.Order;
import dev.fleetwright.simulator.http.FaultDocuments.Unreadable;
import dev.fleetwright.simulator.http.Faults;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Arms, lists and removes faults.
 *
 * <p>A rule with {@code operation} is about long-running operations: {@code {times, operation, path, code, message}} lets
 * them fail, {@code {operation, path, stuck: true}} lets them make no progress until all rules are taken back. Any other is
 * about calls; {@link FaultDocuments} has its fields.
 */
public final class FaultRoutes {
    private static final String PATH = "/simulator/faults";
    private static final Set<String> OPERATION_FIELDS =
            Set.of("times", "operation", "path", "code", "message", "stuck");

    private final Faults calls;
    private final OperationFaults operations;
    private final InstantSource clock;

    public FaultRoutes(Faults calls, OperationFaults operations, InstantSource clock) {
        this.calls = calls;
        this.operations = operations;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route("POST", PATH, "simulator faults", "", this::arm),
                new Route("GET", PATH, "simulator faults", "", this::list),
                new Route("DELETE", PATH, "simulator faults", "", this::clear),
                new Route("DELETE", PATH + "/{id}", "simulator faults", "", this::disarm));
    }

    /** One rule, or a list of them: all are armed or, when one is malformed, none. */
    private Reply arm(Call call) {
        JsonNode body = Bodies.json(call);
        List<Runnable> steps = new ArrayList<>();
        var ids = Json.object();
        var armed = ids.putArray("ids");
        for (JsonNode rule :
                body.isArray() ? body : Json.MAPPER.createArrayNode().add(body)) {
            if (rule.has("operation")) {
                steps.add(operation(rule));
            } else {
                Order order = order(rule);
                steps.add(() -> armed.add(calls.arm(order.rule(), order.arming())));
            }
        }
        steps.forEach(Runnable::run);
        return Reply.of(201, ids);
    }

    private Order order(JsonNode rule) {
        try {
            return FaultDocuments.read(rule, clock.instant());
        } catch (Unreadable e) {
            throw Bodies.refused(String.valueOf(e.getMessage()));
        }
    }

    private Runnable operation(JsonNode rule) {
        for (var field : rule.properties()) {
            if (!OPERATION_FIELDS.contains(field.getKey())) {
                throw Bodies.refused("not a fault rule for operations: unknown field '" + field.getKey() + "'");
            }
        }
        int times = rule.path("times").asInt(1);
        if (times < 1) {
            throw Bodies.refused("not a fault rule for operations: times must be at least 1");
        }
        String kind = Bodies.pattern(rule.path("operation").asText()).pattern();
        String subject = Bodies.pattern(rule.path("path").asText("")).pattern();
        if (rule.path("stuck").asBoolean()) {
            return () -> operations.stick(kind, subject);
        }
        String code = rule.path("code").asText("InternalOperationError");
        String message = rule.path("message").asText("Made on demand by the simulator.");
        return () -> operations.failNext(times, kind, subject, code, message);
    }

    private Reply list(Call call) {
        var body = Json.object();
        var values = body.putArray("value");
        calls.armed().forEach(armed -> values.add(FaultDocuments.write(armed)));
        return Reply.of(200, body);
    }

    private Reply clear(Call call) {
        calls.clear();
        operations.clear();
        return Reply.empty(204);
    }

    private Reply disarm(Call call) {
        if (!calls.disarm(call.variable("id"))) {
            throw Bodies.refused(404, "no fault rule " + call.variable("id") + " is armed");
        }
        return Reply.empty(204);
    }
}
