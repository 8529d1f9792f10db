package dev.fleetwright.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void withNothingSetTheSettingsAreThoseOfAPodInTheCluster() {
        var settings = Settings.from(Map.of());
        assertThat(settings.kubeconfig()).isEmpty();
        assertThat(settings.watchNamespaces()).isEmpty();
        assertThat(settings.leaderElection()).isTrue();
        assertThat(settings.httpAddress().getPort()).isEqualTo(8080);
        assertThat(settings.resourceManagerEndpoint()).isEqualTo(URI.create("https://management.azure.com"));
        assertThat(settings.timeScale()).isEqualTo(1);
    }

    @Test
    void everyVariableIsRead() {
        var settings = Settings.from(Map.of(
                "FLEETWRIGHT_NAMESPACE", "ops",
                "FLEETWRIGHT_WATCH_NAMESPACES", "a, b,",
                "FLEETWRIGHT_HTTP_ADDRESS", "127.0.0.1:0",
                "FLEETWRIGHT_LEADER_ELECTION", "false",
                "FLEETWRIGHT_INSTANCE", "pod-1",
                "AZURE_RESOURCE_MANAGER_ENDPOINT", "https://127.0.0.1:4433/",
                "AZURE_CA_BUNDLE", "ca.pem",
                "FLEETWRIGHT_TIME_SCALE", "40"));
        assertThat(settings.namespace()).isEqualTo("ops");
        assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("a", "b");
        assertThat(settings.httpAddress().getPort()).isZero();
        assertThat(settings.leaderElection()).isFalse();
        assertThat(settings.instance()).contains("pod-1");
        assertThat(settings.azureCaBundle()).isPresent();
        assertThat(settings.scaled(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.scaled(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aValueThatCannotBeUsedIsNamedWithItsVariableAndItsForm() {
        assertThatThrownBy(() -> Settings.from(Map.of("FLEETWRIGHT_LEADER_ELECTION", "yes")))
                .hasMessage("FLEETWRIGHT_LEADER_ELECTION is 'yes', but must be true or false");
        assertThatThrownBy(() -> Settings.from(Map.of("FLEETWRIGHT_HTTP_ADDRESS", "8080")))
                .hasMessageContaining("host:port");
        assertThatThrownBy(() -> Settings.from(Map.of("AZURE_AUTHORITY_HOST", "http://login")))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> Settings.from(Map.of("FLEETWRIGHT_TIME_SCALE", "0.5")))
                .hasMessageContaining("at least 1");
    }
}
