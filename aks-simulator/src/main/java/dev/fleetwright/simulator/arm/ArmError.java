package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import java.util.Optional;

/**
 * An error as Azure words it. The envelope depends on who answers: the gateway and most providers wrap the error, the AKS
 * provider often does not (recorded).
 *
 * @param subcode and target are filled by the AKS provider only; empty otherwise
 */
public record ArmError(String code, String message, String subcode, String target) {
    public ArmError(String code, String message) {
        this(code, message, "", "");
    }

    /** From the gateway: wrapped, and marked as the gateway's. */
    public static Refusal gateway(int status, String code, String message) {
        var error = new ArmError(code, message);
        return new Refusal(message, error.wrapped(status).with("x-ms-failure-cause", "gateway"));
    }

    /** From a provider that wraps, such as Microsoft.Authorization. */
    public static Refusal provider(int status, String code, String message) {
        return new Refusal(message, new ArmError(code, message).wrapped(status));
    }

    /** From the AKS provider: without a wrapper. */
    public static Refusal aks(int status, String code, String message) {
        return new ArmError(code, message).unwrapped(status);
    }

    public Reply wrapped(int status) {
        var body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return Reply.of(status, body);
    }

    public Refusal unwrapped(int status) {
        var body = Json.object().put("code", code);
        body.putNull("details");
        body.put("message", message).put("subcode", subcode);
        if (!target.isEmpty()) {
            body.put("target", target);
        }
        return new Refusal(message, Reply.of(status, body));
    }

    /** Reads {@link #document}; empty for anything that is not an object. */
    public static Optional<ArmError> read(JsonNode document) {
        return document.isObject()
                ? Optional.of(new ArmError(
                        document.path("code").asText(), document.path("message").asText()))
                : Optional.empty();
    }

    /** As it stands in a failed operation's document. */
    public ObjectNode document() {
        return Json.object().put("code", code).put("message", message);
    }
}
