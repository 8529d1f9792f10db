package dev.fleetwright.azure.error;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.core.error.FleetException;
import java.time.Duration;
import java.util.Optional;

/**
 * An error as Azure told it.
 *
 * @param status of the HTTP reply; {@link #OF_OPERATION} for the error of a failed long-running operation
 * @param code Azure's code, or empty text when the body had none
 * @param message Azure's message, without request ids and times
 * @param byGateway whether ARM itself answered, not the service behind it
 * @param retryAfter what the reply asked for
 */
public record ArmError(int status, String code, String message, boolean byGateway, Optional<Duration> retryAfter) {
    /** In place of a status: the error came inside the document of a long-running operation. */
    public static final int OF_OPERATION = 0;

    // A message that changes with every try would be written to status with every try.
    private static final String IDS_AND_TIMES =
            "(?i)\\s*[(,.]?\\s*\\b(trace id|correlation id|request id|activity id|operation id|timestamp)\\s*:\\s*"
                    + "[0-9a-z:.+-]+( \\d\\d:\\d\\d:\\d\\dZ?)?\\)?";

    public ArmError {
        message = message.replaceAll(IDS_AND_TIMES, "").strip();
    }

    /**
     * From the body of a refused call: either {@code {"error":{"code","message"}}}, as ARM wraps it, or the same fields
     * bare, as AKS often sends them. A body that is neither gives an empty code.
     */
    public static ArmError of(int status, JsonNode body, boolean byGateway, Optional<Duration> retryAfter) {
        JsonNode error = body.path("error").isObject() ? body.path("error") : body;
        return new ArmError(
                status, error.path("code").asText(""), error.path("message").asText(""), byGateway, retryAfter);
    }

    /** The error in the document of a failed operation. */
    public static ArmError ofOperation(JsonNode document) {
        return of(OF_OPERATION, document, false, Optional.empty());
    }

    /**
     * As the exception that ports throw.
     *
     * @param doing what was tried and on what, such as {@code create agent pool /subscriptions/...}
     */
    public FleetException toException(String doing) {
        String what = code.isEmpty() ? "HTTP " + status : code;
        String refused = status == OF_OPERATION ? "the operation ended badly" : "Azure refused to " + doing;
        String text = refused + ": " + what + (message.isEmpty() ? "" : ": " + message);
        FleetException exception = FleetException.of(ErrorTable.codeOf(this), text);
        return retryAfter.map(exception::withRetryAfter).orElse(exception);
    }
}
