package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What came back over the wire. */
record Answer(int status, HttpHeaders headers, JsonNode body) {
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The error code, from either envelope. */
    String code() {
        return body.path("error").isObject()
                ? body.path("error").path("code").asText()
                : body.path("code").asText();
    }

    String message() {
        return body.path("error").isObject()
                ? body.path("error").path("message").asText()
                : body.path("message").asText();
    }

    String text(String pointer) {
        return body.at(pointer).asText();
    }
}
