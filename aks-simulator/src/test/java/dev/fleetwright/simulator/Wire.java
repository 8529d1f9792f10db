package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client that knows HTTP, TLS and nothing of Azure's libraries. It checks the shape of every reply. */
final class Wire implements AutoCloseable {
    static final String TENANT = "11111111-1111-1111-1111-111111111111";
    static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
    static final String S = "/subscriptions/" + SUBSCRIPTION;
    static final String RG = S + "/resourceGroups/rg";
    static final String MC = RG + "/providers/Microsoft.ContainerService/managedClusters/weu";
    static final String VERSION = "2025-09-01";
    static final Principal OPERATOR = Principal.of(TENANT, "22222222-2222-2222-2222-222222222222", "s3cret");

    private final HttpClient http;
    private final String base;
    private String token = "";

    Wire(AksSimulator simulator) {
        this(simulator.endpoint(), simulator.caPem());
    }

    /** A client of a simulator in another process. */
    Wire(String endpoint, String caPem) {
        this.base = endpoint;
        this.http = HttpClient.newBuilder().sslContext(trusting(caPem)).build();
    }

    static SSLContext trusting(String pem) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var certificates = CertificateFactory.getInstance("X.509");
            store.setCertificateEntry(
                    "ca",
                    certificates.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Wire signedIn() {
        return signedIn(OPERATOR);
    }

    Wire signedIn(Principal principal) {
        token = signIn(principal.tenantId(), principal.clientId(), principal.clientSecret())
                .text("/access_token");
        return this;
    }

    Wire withToken(String other) {
        token = other;
        return this;
    }

    String token() {
        return token;
    }

    Answer signIn(String tenant, String clientId, String secret) {
        String form = "grant_type=client_credentials&client_id=" + clientId + "&client_secret=" + secret
                + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default";
        return form("/" + tenant + "/oauth2/v2.0/token", form);
    }

    Answer form(String path, String form, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer get(String path) {
        return call("GET", path, "");
    }

    Answer put(String path, String json, String... headers) {
        return call("PUT", path, json, headers);
    }

    Answer post(String path, String json) {
        return call("POST", path, json);
    }

    Answer delete(String path, String... headers) {
        return call("DELETE", path, "", headers);
    }

    /** Sends with the token; adds the api-version where the path has no query. Single quotes stand for double ones. */
    Answer call(String method, String path, String json, String... headers) {
        String url = path.matches("https?://.*") ? path : base + path;
        String versioned = url.contains("?") || url.contains("/simulator/") ? url : url + "?api-version=" + VERSION;
        var request = HttpRequest.newBuilder(URI.create(versioned))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json.replace('\'', '"')));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        Answer answer = send(request);
        var uri = URI.create(versioned);
        String query = String.valueOf(uri.getQuery());
        PublishedShape.check(uri.getPath(), query.replaceAll(".*api-version=([^&]*).*", "$1"), answer);
        return answer;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers(),
                    response.body().isEmpty() ? MissingNode.getInstance() : Json.parse(response.body()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
