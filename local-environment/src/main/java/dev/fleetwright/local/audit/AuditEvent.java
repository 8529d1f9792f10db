package dev.fleetwright.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One answered request. Absent texts are empty, absent bodies are missing nodes; bodies are there as far as the audit
 * policy asks for them. Source of the fields: audit.k8s.io/v1 Event.
 *
 * @param time when the API server received the request
 * @param completed when it had answered
 * @param user who asked, as authenticated, such as {@code system:serviceaccount:fleetwright:nodepool-operator}
 * @param group API group of the resource; empty for the core group
 * @param subresource such as {@code eviction} or {@code status}
 * @param name of the object; where the server made it up, the name it made up if the answer was logged
 * @param code HTTP status of the answer
 * @param dryRun nothing was changed, whatever the code
 */
public record AuditEvent(
        Instant time,
        Instant completed,
        String verb,
        String user,
        String userAgent,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        int code,
        boolean dryRun,
        JsonNode request,
        JsonNode response) {

    /** The uid that the request insisted on: of an eviction, or of a delete. */
    public Optional<String> uidPrecondition() {
        JsonNode ofDelete = request.at("/preconditions/uid");
        JsonNode uid = ofDelete.isMissingNode() ? request.at("/deleteOptions/preconditions/uid") : ofDelete;
        return Optional.of(uid.asText("")).filter(text -> !text.isEmpty());
    }

    /** True if the API server did what it was asked, and not only in a dry run. */
    public boolean succeeded() {
        return code >= 200 && code < 300 && !dryRun;
    }

    /** True for a call of the eviction API, granted or not. */
    public boolean isEviction() {
        return resource.equals("pods") && subresource.equals("eviction") && verb.equals("create");
    }

    static AuditEvent of(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String name = object.path("name").asText("");
        return new AuditEvent(
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                Instant.parse(event.path("stageTimestamp").asText()),
                event.path("verb").asText(""),
                event.path("user").path("username").asText(""),
                event.path("userAgent").asText(""),
                object.path("apiGroup").asText(""),
                object.path("resource").asText(""),
                object.path("subresource").asText(""),
                object.path("namespace").asText(""),
                name.isEmpty() ? event.at("/responseObject/metadata/name").asText("") : name,
                event.path("responseStatus").path("code").asInt(),
                event.path("requestURI").asText("").contains("dryRun=All")
                        || !event.at("/requestObject/dryRun").isMissingNode()
                        || !event.at("/requestObject/deleteOptions/dryRun").isMissingNode(),
                event.path("requestObject"),
                event.path("responseObject"));
    }
}
