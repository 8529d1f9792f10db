package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.azure.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A reply of ARM, of whatever status. A body that is no JSON is a missing node. */
record ArmReply(int status, HttpHeaders headers, JsonNode body) {
    private static final HttpHeaderName ASYNC_OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final HttpHeaderName CORRELATION = HttpHeaderName.fromString("x-ms-correlation-request-id");
    private static final HttpHeaderName FAILURE_CAUSE = HttpHeaderName.fromString("x-ms-failure-cause");

    boolean successful() {
        return status >= 200 && status < 300;
    }

    /** Seconds or an HTTP date; empty when absent, unreadable or past. */
    Optional<Duration> retryAfter(Instant now) {
        String value = headers.getValue(HttpHeaderName.RETRY_AFTER);
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        try {
            Duration wait = value.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isPositive() ? Optional.of(wait) : Optional.empty();
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean byGateway() {
        return "gateway".equalsIgnoreCase(headers.getValue(FAILURE_CAUSE));
    }

    String correlationID() {
        String id = headers.getValue(CORRELATION);
        return id == null ? "" : id;
    }

    /** The operation that carries the write out, if it is not complete: AKS names it in one header, resource groups in another. */
    Submitted submitted() {
        return new Submitted(
                Optional.ofNullable(headers.getValue(ASYNC_OPERATION))
                        .or(() -> status == 202
                                ? Optional.ofNullable(headers.getValue(HttpHeaderName.LOCATION))
                                : Optional.empty()),
                eTag(body),
                correlationID());
    }

    /** Clusters carry their tag on top, pools among their properties. */
    static Optional<String> eTag(JsonNode document) {
        return text(document, "/eTag").or(() -> text(document, "/properties/eTag"));
    }

    static Optional<String> text(JsonNode document, String pointer) {
        return Optional.of(document.at(pointer))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(t -> !t.isEmpty());
    }
}
