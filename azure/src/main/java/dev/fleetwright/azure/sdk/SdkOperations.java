package dev.fleetwright.azure.sdk;

import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.Operations;
import dev.fleetwright.azure.error.ArmError;
import java.time.Instant;
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
        return status(arm.accepted(reply, DOING), arm.now());
    }

    /** What a reply to a poll says. */
    static OperationStatus status(ArmReply reply, Instant now) {
        String text = reply.body().path("status").asText("");
        // A Location URL has no document: 202 while it runs, then 200 or 204.
        if (text.isEmpty()) {
            return reply.status() == 202
                    ? new OperationStatus.InProgress("", reply.retryAfter(now))
                    : new OperationStatus.Succeeded();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> new OperationStatus.Succeeded();
            case "canceled" -> new OperationStatus.Canceled();
            case "failed" ->
                new OperationStatus.Failed(ArmError.ofOperation(reply.body()).toException(DOING));
            // Everything else is free text of something that still runs.
            default -> new OperationStatus.InProgress(text, reply.retryAfter(now));
        };
    }
}
