package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Handler;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.shape.ApiVersion;
import dev.fleetwright.simulator.shape.Finding;
import dev.fleetwright.simulator.shape.Finding.Fault;
import dev.fleetwright.simulator.shape.Reading;
import dev.fleetwright.simulator.shape.Shapes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The provider's outside: reads requests along their published shapes, as a strict decoder does, and shows to each
 * api-version what it knows.
 */
final class Surface {
    /** From this version on unknown fields are refused; before, they are dropped (announced in Azure/AKS#4060). */
    private static final ApiVersion STRICT = ApiVersion.of("2024-01-01");

    private static final Pattern POOL = Pattern.compile("(properties\\.agentPoolProfiles\\[\\d+]|properties)\\.");
    private static final Shapes SHAPES = Shapes.published();

    private final Behaviours behaviours;

    Surface(Behaviours behaviours) {
        this.behaviours = behaviours;
    }

    /** @param type of the request's body */
    Handler taking(String type, Handler handler) {
        return call -> handler.handle(read(type, call));
    }

    /** @param type of the reply's body */
    Handler giving(String type, Handler handler) {
        return enveloped(call -> {
            Reply reply = handler.handle(call);
            if (reply.body() instanceof ObjectNode document) {
                SHAPES.project(type, document, ApiVersion.of(call.apiVersion()));
            }
            return reply;
        });
    }

    /** Wraps the provider's errors where that is asked for (open question 7). */
    Handler enveloped(Handler handler) {
        if (!behaviours.on(Behaviour.WRAPPED_ERRORS)) {
            return handler;
        }
        return call -> {
            try {
                return handler.handle(call);
            } catch (Refusal refusal) {
                throw wrapped(refusal);
            }
        };
    }

    private static Refusal wrapped(Refusal refusal) {
        Reply reply = refusal.reply();
        if (!(reply.body() instanceof ObjectNode bare) || !bare.has("code")) {
            return refusal;
        }
        ObjectNode body = Json.object();
        body.set("error", bare);
        return new Refusal(String.valueOf(refusal.getMessage()), new Reply(reply.status(), reply.headers(), body));
    }

    private static Call read(String type, Call call) {
        JsonNode body = call.json();
        if (body.isMissingNode()) {
            return call;
        }
        ApiVersion version = ApiVersion.of(call.apiVersion());
        Reading reading = SHAPES.read(type, body, version);
        reading.first(Fault.TYPE).ifPresent(finding -> {
            throw AksErrors.unreadable("json: " + finding.detail() + " at " + finding.path());
        });
        boolean strict = version.compareTo(STRICT) >= 0 && !version.preview();
        Optional<Finding> unknown = reading.first(Fault.UNKNOWN, Fault.LATER);
        if (strict && unknown.isPresent() && !SHAPES.guessed(version)) {
            throw AksErrors.unknownField(unknown.get().property());
        }
        reading.first(Fault.VALUE, Fault.RANGE).ifPresent(finding -> {
            throw AksErrors.invalid(parameter(type, finding.path()), finding.detail());
        });
        return call.withJson(reading.document());
    }

    /** The name that AKS gives to a property in its messages. */
    private static String parameter(String type, String path) {
        return switch (type) {
            case "AgentPool" -> POOL.matcher(path).replaceFirst("agentPoolProfile.");
            case "ManagedCluster" ->
                path.startsWith("properties.agentPoolProfiles")
                        ? POOL.matcher(path).replaceFirst("agentPoolProfile.")
                        : "managedCluster." + path;
            default -> path;
        };
    }
}
