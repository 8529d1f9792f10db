package dev.fleetwright.azure.sdk;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to one ARM endpoint with one identity, each made once.
 *
 * <p>Our own pipeline, not the SDK's default: that one repeats writes and sleeps in the calling thread on 429, and may
 * register resource providers on its own account.
 */
final class ArmPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(ArmPipeline.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final HttpPipeline pipeline;

    ArmPipeline(AzureSettings settings, HttpClient http, TokenCredential credential) {
        this.endpoint = settings.resourceManager();
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(
                        new UserAgentPolicy(settings.userAgent()),
                        new RequestIdPolicy(),
                        new BearerTokenAuthenticationPolicy(credential, endpoint + "/.default"))
                .build();
    }

    /**
     * Whether a URL that came from elsewhere (an object's status, a reply) points into this ARM. Only then may it see our
     * token.
     */
    boolean isOurs(String url) {
        try {
            URI uri = URI.create(url);
            return endpoint.getScheme().equalsIgnoreCase(uri.getScheme())
                    && endpoint.getHost().equalsIgnoreCase(uri.getHost())
                    && port(endpoint) == port(uri)
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The URL of a path below the endpoint; the path is escaped by who made it. */
    String url(String path, String apiVersion) {
        return endpoint + path + (path.contains("?") ? "&" : "?") + "api-version=" + apiVersion;
    }

    /**
     * One request.
     *
     * @param doing for messages: what is tried and on what
     * @throws FleetException {@code ERR_TRANSIENT} when no answer came, {@code ERR_INFRA_UNAUTHENTICATED} when Entra gave
     *     no token. Every answer of ARM is returned, errors too
     */
    ArmReply send(HttpMethod method, String url, @Nullable JsonNode body, ArmCondition condition, String doing) {
        HttpRequest request = new HttpRequest(method, url).setHeader(HttpHeaderName.ACCEPT, "application/json");
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
            request.setBody(BinaryData.fromString(body.toString()));
        }
        condition.addTo(request.getHeaders());
        try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
            ArmReply reply =
                    new ArmReply(response.getStatusCode(), response.getHeaders(), json(response.getBodyAsBinaryData()));
            LOG.debug("{} -> {} {}", doing, reply.status(), reply.correlationID());
            return reply;
        } catch (FleetException e) {
            throw e;
        } catch (RuntimeException e) {
            throw withoutAnswer(e, doing);
        }
    }

    private static JsonNode json(@Nullable BinaryData body) {
        if (body == null) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode node = JSON.readTree(body.toString());
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            // A proxy's HTML page: the status tells enough.
            return MissingNode.getInstance();
        }
    }

    private static FleetException withoutAnswer(RuntimeException e, String doing) {
        if (Causes.has(e, IOException.class) || Causes.has(e, TimeoutException.class)) {
            return FleetException.of(
                    ErrorCode.TRANSIENT, "no answer from Azure when trying to " + doing + ": " + Causes.root(e), e);
        }
        return FleetException.of(ErrorCode.INTERNAL, "failed to " + doing + ": " + Causes.root(e), e);
    }

    private static int port(URI uri) {
        return uri.getPort() == -1 ? 443 : uri.getPort();
    }
}
