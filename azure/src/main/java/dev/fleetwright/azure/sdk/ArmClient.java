package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.azure.error.ArmError;
import dev.fleetwright.azure.throttle.ArmCall;
import dev.fleetwright.azure.throttle.ThrottleBudgets;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to ARM under the throttle budgets. A read without an answer, or with a 5xx one, is made once more at once; a
 * write never, since nobody knows what became of the first.
 */
final class ArmClient {
    private static final Logger LOG = LoggerFactory.getLogger(ArmClient.class);

    // Azure names a time with every 429 it is known to send; this is for the ones that do not.
    private static final Duration UNNAMED_RETRY_AFTER = Duration.ofSeconds(60);
    private static final int MOST_PAGES = 1000;

    private final ArmPipeline pipeline;
    private final ThrottleBudgets budgets;
    private final InstantSource clock;

    ArmClient(ArmPipeline pipeline, ThrottleBudgets budgets, InstantSource clock) {
        this.pipeline = pipeline;
        this.budgets = budgets;
        this.clock = clock;
    }

    ThrottleBudgets budgets() {
        return budgets;
    }

    Instant now() {
        return clock.instant();
    }

    /** One read; every answer but 429 is returned. */
    ArmReply get(ArmId id, String apiVersion, String doing) {
        return getURL(pipeline.url(path(id), apiVersion), doing);
    }

    /**
     * All pages of a list, or an error: never a part. An empty last page is fine.
     *
     * @param path below the endpoint, escaped
     */
    List<JsonNode> list(String path, String apiVersion, String doing) {
        List<JsonNode> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String url = pipeline.url(path, apiVersion);
        while (true) {
            if (!seen.add(url) || seen.size() > MOST_PAGES || !pipeline.isOurs(url)) {
                throw FleetException.of(ErrorCode.SAFETY_STOP, "the pages have no proper end when trying to " + doing);
            }
            ArmReply reply = accepted(getURL(url, doing), doing);
            JsonNode page = reply.body().path("value");
            if (!page.isArray()) {
                throw FleetException.of(ErrorCode.SAFETY_STOP, "a page without a list came when trying to " + doing);
            }
            page.forEach(items::add);
            String next = reply.body().path("nextLink").asText("");
            if (next.isEmpty() || next.equals("null")) {
                return items;
            }
            url = next;
        }
    }

    /** One write, accepted or thrown. */
    ArmReply write(
            HttpMethod method,
            ArmId id,
            String apiVersion,
            @Nullable JsonNode body,
            ArmCondition condition,
            String doing) {
        return write(method, path(id), apiVersion, body, condition, doing);
    }

    /** One write to a path below the endpoint, accepted or thrown. */
    ArmReply write(
            HttpMethod method,
            String path,
            String apiVersion,
            @Nullable JsonNode body,
            ArmCondition condition,
            String doing) {
        ArmReply reply = accepted(attempt(method, path, apiVersion, body, condition, doing), doing);
        LOG.info("{}: accepted, status {}, correlation id {}", doing, reply.status(), reply.correlationID());
        return reply;
    }

    /** One write to a path below the endpoint; every answer but 429 is returned. */
    ArmReply attempt(
            HttpMethod method,
            String path,
            String apiVersion,
            @Nullable JsonNode body,
            ArmCondition condition,
            String doing) {
        return send(method, pipeline.url(path, apiVersion), body, condition, doing);
    }

    /** One deletion, accepted or thrown; what is gone already counts as accepted. */
    Submitted delete(ArmId id, String apiVersion, ArmCondition condition, String doing) {
        ArmReply reply = attempt(HttpMethod.DELETE, path(id), apiVersion, null, condition, doing);
        if (Absence.of(reply) != Absence.UNKNOWN) {
            return new Submitted(Optional.empty(), Optional.empty(), reply.correlationID());
        }
        accepted(reply, doing);
        LOG.info("{}: accepted, status {}, correlation id {}", doing, reply.status(), reply.correlationID());
        return reply.submitted();
    }

    /** The reply when it is a success, else its error as an exception. */
    ArmReply accepted(ArmReply reply, String doing) {
        if (reply.successful()) {
            return reply;
        }
        throw error(reply).toException(doing);
    }

    ArmError error(ArmReply reply) {
        return ArmError.of(reply.status(), reply.body(), reply.byGateway(), reply.retryAfter(now()));
    }

    boolean isOurs(String url) {
        return pipeline.isOurs(url);
    }

    /** One read of a whole URL, which must be one of ours; every answer but 429 is returned. */
    ArmReply getURL(String url, String doing) {
        ArmReply reply;
        try {
            reply = send(HttpMethod.GET, url, null, new ArmCondition.None(), doing);
            if (reply.status() < 500) {
                return reply;
            }
        } catch (FleetException e) {
            if (e.code() != ErrorCode.TRANSIENT) {
                throw e;
            }
        }
        return send(HttpMethod.GET, url, null, new ArmCondition.None(), doing);
    }

    private ArmReply send(
            HttpMethod method, String url, @Nullable JsonNode body, ArmCondition condition, String doing) {
        ArmCall call = ArmCall.of(method.toString(), URI.create(url).getPath());
        switch (budgets.tryTake(call, now())) {
            case ThrottleBudgets.Admission.Granted() -> {}
            case ThrottleBudgets.Admission.Refused(var limit, var retryAfter) ->
                throw FleetException.of(
                                ErrorCode.RATE_LIMITS_EXCEEDED,
                                "held back before Azure's limit " + limit + " when trying to " + doing)
                        .withRetryAfter(retryAfter);
        }
        ArmReply reply = pipeline.send(method, url, body, condition, doing);
        if (reply.status() == 429) {
            Duration retryAfter = reply.retryAfter(now()).orElse(UNNAMED_RETRY_AFTER);
            budgets.refusedByAzure(call, reply.byGateway(), retryAfter, now());
            throw error(reply).toException(doing).withRetryAfter(retryAfter);
        }
        if (!reply.successful()) {
            LOG.debug("{}: status {}, correlation id {}", doing, reply.status(), reply.correlationID());
        }
        return reply;
    }

    /** An id as a path; a name in it that is no plain text cannot leave its segment. */
    static String path(ArmId id) {
        return id.segments().stream()
                .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/", ""));
    }
}
