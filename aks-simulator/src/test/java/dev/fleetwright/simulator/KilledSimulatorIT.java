package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.local.ManagedProcess;
import dev.fleetwright.simulator.http.Json;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulator as a process of its own that is killed without warning. It ends with this JVM, and its API servers with it,
 * however either of them ends.
 */
class KilledSimulatorIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String BLUE = Bench.POOL + "blue";

    @TempDir
    Path folder;

    private ManagedProcess simulator;

    @BeforeEach
    void prepare() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), Wire.OPERATOR.clientSecret());
        String java = ProcessHandle.current().info().command().orElse("java");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        simulator = ManagedProcess.prepare(folder, "simulator", Duration.ofSeconds(30), false);
        simulator.command(
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-classpath",
                        classPath,
                        Main.class.getName(),
                        "--folder",
                        folder.resolve("simulator").toString(),
                        "--state",
                        folder.resolve("state").toString(),
                        "--backend",
                        "local",
                        "--time-scale",
                        "80",
                        "--no-throttling",
                        "--tenant",
                        Wire.TENANT,
                        "--subscription",
                        Wire.SUBSCRIPTION,
                        "--client-id",
                        Wire.OPERATOR.clientId(),
                        "--client-secret-file",
                        secret.toString()),
                Map.of());
    }

    @AfterEach
    void stop() {
        simulator.stop();
    }

    /** Starts it, and waits for it and not for what a former one has left. */
    private Wire start() throws IOException {
        simulator.start();
        long pid = simulator.pid().orElseThrow();
        Path file = folder.resolve("simulator/endpoint.json");
        await().atMost(LONG)
                .until(() -> Files.exists(file)
                        && Json.parse(Files.readString(file)).path("pid").asLong() == pid);
        JsonNode endpoint = Json.parse(Files.readString(file));
        String ca = Files.readString(Path.of(endpoint.path("caFile").asText()));
        return new Wire(endpoint.path("endpoint").asText(), ca).signedIn();
    }

    /** The operation's path: the port may be another one after a start. */
    private static String accepted(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.header("Azure-AsyncOperation").replaceFirst("https://[^/]*", "");
    }

    private static Answer ended(Wire arm, String operation) {
        await().atMost(LONG).until(() -> arm.get(operation).body().has("endTime"));
        Answer answer = arm.get(operation);
        assertThat(answer.text("/status")).as(answer.toString()).isEqualTo("Succeeded");
        return answer;
    }

    private static KubernetesClient administrator(Wire arm) {
        String encoded = arm.post(Wire.MC + "/listClusterAdminCredential", "").text("/kubeconfigs/0/value");
        String kubeconfig = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    private static List<String> nodes(KubernetesClient client, String pool) {
        return client.nodes().withLabel("agentpool", pool).list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    @Test
    void whatWasThereIsThereAgainAndTheOperationInFlightEndsOnce() throws IOException {
        KubernetesClient workload;
        String operation;
        List<String> sys;
        try (Wire arm = start()) {
            assertThat(arm.put(Wire.RG, "{'location':'westeurope'}").status()).isEqualTo(201);
            ended(arm, accepted(arm.put(Wire.MC, Bench.cluster("sys", 2)), 201));
            workload = administrator(arm);
            sys = nodes(workload, "sys");
            assertThat(sys).hasSize(2);
            workload.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("kept")
                            .endMetadata()
                            .build())
                    .create();
            operation = accepted(arm.put(BLUE, Bench.pool(2)), 201);
            simulator.kill();
        }
        URI server = URI.create(workload.getMasterUrl().toString());
        try (workload;
                Wire arm = start()) {
            Answer first = ended(arm, operation);
            assertThat(workload.namespaces().withName("kept").get())
                    .as("with the old kubeconfig")
                    .isNotNull();
            assertThat(nodes(workload, "sys")).hasSameElementsAs(sys);
            assertThat(nodes(workload, "blue")).hasSize(2);
            assertThat(arm.get(BLUE + "/machines").body().path("value")).hasSize(2);
            assertThat(arm.get(operation).body()).isEqualTo(first.body());
            assertThat(arm.get("/simulator/state").body().path("operations"))
                    .filteredOn(other -> other.path("kind").asText().equals("create agentpool"))
                    .hasSize(1);
            simulator.stop();
        }
        assertThatThrownBy(() -> new Socket(server.getHost(), server.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }
}
