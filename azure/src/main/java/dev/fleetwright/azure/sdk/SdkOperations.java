package dev.fleetwright.azure.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.Operations;
import dev.fleetwright.azure.error.ArmError;
import dev.fleetwright.core.error.FleetException;
import java.util.Locale;

/** Polls, once per call. The SDK's poller is no use here: it takes any refused poll for the end of the operation. */
final class SdkOperations implements Operations {
    private static final String DOING = "poll an operation";
    private final ArmClient arm;

    SdkOperations(ArmClient arm) {
        this.arm = arm;
    }

    @Override
    public OperationStatus poll(String operationURL) {
        if (!arm.isOurs(operationURL)) {
            return new OperationStatus.Expired();
        }
        ArmReply reply = arm.getURL(operationURL, DOING);
        if (reply.status() == 404 || reply.status() == 410) {
            return new OperationStatus.Expired();
        }
        arm.accepted(reply, DOING);
        String status = reply.body().path("status").asText("");
        // A Location URL has no document: 202 while it runs, then 200 or 204.
        if (status.isEmpty()) {
            return reply.status() == 202 ? inProgress("", reply) : new OperationStatus.Succeeded();
        }
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> new OperationStatus.Succeeded();
            case "canceled" -> new OperationStatus.Canceled();
            case "failed" -> new OperationStatus.Failed(failure(reply.body()));
            // Everything else is free text of something that still runs.
            default -> inProgress(status, reply);
        };
    }

    private OperationStatus inProgress(String text, ArmReply reply) {
        return new OperationStatus.InProgress(text, reply.retryAfter(arm.now()));
    }

    private static FleetException failure(JsonNode document) {
        return ArmError.ofOperation(document).toException(DOING);
    }
}
