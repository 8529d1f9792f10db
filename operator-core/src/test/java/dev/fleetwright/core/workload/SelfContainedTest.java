package dev.fleetwright.core.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfContainedTest {

    private static String kubeconfig(String cluster, String user) {
        return """
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u}}]
            clusters: [{name: k, cluster: {server: "https://127.0.0.1:1"%s}}]
            users: [{name: u, user: {%s}}]
            """.formatted(cluster, user);
    }

    @Test
    void aKubeconfigThatHoldsItsTokenMayBeUsed() {
        assertThat(SelfContained.problem(kubeconfig("", "token: abc"))).isEmpty();
    }

    @Test
    void oneThatRunsACommandIsRefusedAndTheCommandIsNotRun(@TempDir Path folder) {
        var trace = folder.resolve("trace");
        var exec =
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [%s], interactiveMode: Never}"
                        .formatted(trace);
        assertThat(SelfContained.problem(kubeconfig("", exec)).orElseThrow()).contains("runs a command");
        assertThat(trace).doesNotExist();
    }

    @Test
    void oneThatReadsFilesIsRefused() {
        assertThat(SelfContained.problem(kubeconfig("", "tokenFile: t")).orElseThrow())
                .contains("files");
        assertThat(SelfContained.problem(kubeconfig(", certificate-authority: ca.pem", "token: a"))
                        .orElseThrow())
                .contains("files");
    }

    @Test
    void rubbishIsRefusedWithoutAnException() {
        assertThat(SelfContained.problem("no: kubeconfig")).isPresent();
        assertThat(SelfContained.problem("{{{")).isPresent();
        assertThat(SelfContained.problem("")).isPresent();
    }

    @Test
    void reconnectsSlowDownToAMinute() {
        var times = ConnectionTimes.defaults();
        assertThat(times.reconnectAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(times.reconnectAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(times.reconnectAfter(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
