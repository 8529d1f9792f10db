package dev.fleetwright.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetwright.launcher.evidence.AzureOperation;
import dev.fleetwright.local.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The AKS simulator as a process, with one subscription and one application that may act in it. */
public final class Simulator implements AutoCloseable {
    /** Ids of the example fleet. */
    static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

    static final String TENANT = "00000000-0000-0000-0000-000000000002";
    static final String CLIENT = "00000000-0000-0000-0000-000000000003";

    static final String REGISTRY = "/subscriptions/" + SUBSCRIPTION
            + "/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/acme";

    private static final String MODULE = "aks-simulator";
    private static final String MAIN = "dev.fleetwright.simulator.Main";
    private static final String SECRET_FILE = "client-secret";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** It stops the control planes of its clusters first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Path folder;
    private final ManagedProcess process;
    private final JsonNode address;
    private final HttpClient http;

    private Simulator(Path folder, ManagedProcess process) {
        this.folder = folder;
        this.process = process;
        this.address = parse(TextFile.read(addressFile(folder)));
        this.http = HttpClient.newBuilder()
                .sslContext(Trust.only(caBundle()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    static Simulator start(Checkout checkout, StackOptions options) {
        Path folder = options.folder().resolve("simulator");
        TextFile.write(folder.resolve(SECRET_FILE), HexFormat.of().formatHex(randomBytes()));
        deleteIfExists(addressFile(folder));
        List<String> arguments = new ArrayList<>(List.of(
                "--port",
                "0",
                "--time-scale",
                String.valueOf(options.timeScale()),
                "--folder",
                folder.toString(),
                "--backend",
                "local",
                "--tenant",
                TENANT,
                "--subscription",
                SUBSCRIPTION,
                "--client-id",
                CLIENT,
                "--client-secret-file",
                folder.resolve(SECRET_FILE).toString(),
                "--registry",
                REGISTRY));
        arguments.addAll(options.arguments());
        var process = ManagedProcess.prepare(folder, MODULE, PATIENCE, options.detached());
        process.command(checkout.java(MODULE, MAIN, List.of("-Xmx384m"), arguments), Map.of());
        process.start();
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!Files.exists(addressFile(folder))) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.stop();
                throw new LauncherException("the simulator did not start; see " + process.logFile());
            }
            Pause.of(BETWEEN_LOOKS);
        }
        return new Simulator(folder, process);
    }

    static Simulator attach(Path stack) {
        Path folder = stack.resolve("simulator");
        return new Simulator(folder, ManagedProcess.attach(folder, MODULE, PATIENCE));
    }

    ManagedProcess process() {
        return process;
    }

    /** Address of ARM, with https. */
    public String endpoint() {
        return address.path("endpoint").asText();
    }

    /** Address of Entra, with https. */
    public String authority() {
        return address.path("authority").asText();
    }

    /** PEM file to trust for both. */
    public Path caBundle() {
        return Path.of(address.path("caFile").asText());
    }

    /** The secret of the application; made anew at every start. */
    public String clientSecret() {
        return TextFile.read(folder.resolve(SECRET_FILE)).strip();
    }

    /** Folder of the control plane behind a managed cluster. */
    public Path clusterFolder(String cluster) {
        return folder.resolve("clusters").resolve(cluster);
    }

    /** Every long-running operation so far, oldest first. */
    public List<AzureOperation> operations() {
        List<AzureOperation> operations = new ArrayList<>();
        for (JsonNode operation : state().path("operations")) {
            operations.add(new AzureOperation(
                    operation.path("kind").asText(),
                    operation.path("subject").asText(),
                    Instant.parse(operation.path("start").asText()),
                    Optional.of(operation.path("end").asText(""))
                            .filter(t -> !t.isEmpty())
                            .map(Instant::parse)));
        }
        return operations;
    }

    /** Calls so far, by the name of the operation. */
    public Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        get("/simulator/counters", "")
                .properties()
                .forEach(e -> calls.put(e.getKey(), e.getValue().asLong()));
        return calls;
    }

    /** Calls other than reads since a time, by whoever, whose path contains this text: method, path and status. */
    public List<String> writes(Instant since, String inPath) {
        return get("/simulator/requests?since=" + since, "")
                .path("value")
                .valueStream()
                .filter(call ->
                        !List.of("GET", "HEAD").contains(call.path("method").asText()))
                .filter(call -> call.path("path").asText().contains(inPath))
                .map(call -> call.path("method").asText() + " "
                        + call.path("path").asText() + " " + call.path("status").asText())
                .toList();
    }

    /** Everything it holds: clusters with pools and machines, and every operation. */
    public JsonNode state() {
        return get("/simulator/state", "");
    }

    /** A resource as Azure answers it to the application of the example fleet. */
    public JsonNode resource(String path, String apiVersion) {
        return get(path + (path.contains("?") ? "&" : "?") + "api-version=" + apiVersion, "Bearer " + token());
    }

    private String token() {
        String form = "grant_type=client_credentials&client_id=" + CLIENT + "&client_secret=" + clientSecret()
                + "&scope=" + URLEncoder.encode(endpoint() + "/.default", StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(authority() + TENANT + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(request).path("access_token").asText();
    }

    private JsonNode get(String path, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(endpoint() + path));
        return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(20)).build();
        try {
            var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 200) {
                throw new LauncherException(
                        "simulator " + request.uri().getPath() + ": " + reply.statusCode() + " " + reply.body());
            }
            return parse(reply.body());
        } catch (IOException e) {
            throw new LauncherException("the simulator does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.stop();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new LauncherException("not JSON: " + json, e);
        }
    }

    private static Path addressFile(Path folder) {
        return folder.resolve("endpoint.json");
    }

    private static void deleteIfExists(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LauncherException("cannot delete " + file, e);
        }
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
