package dev.fleetwright.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureSettingsTest {
    @Test
    void anEmptyEnvironmentMeansThePublicCloud() {
        AzureSettings settings = AzureSettings.fromEnvironment(Map.of("AZURE_CA_BUNDLE", ""), "x/1");

        assertThat(settings.resourceManager()).hasToString("https://management.azure.com");
        assertThat(settings.authorityHost()).hasToString("https://login.microsoftonline.com");
        assertThat(settings.caBundle()).isEmpty();
        assertThat(settings.timeScale()).isEqualTo(1);
    }

    @Test
    void aWrongValueIsRefusedWithTheNameOfItsVariable() {
        assertThatThrownBy(() -> settings("AZURE_RESOURCE_MANAGER_ENDPOINT", "http://127.0.0.1:1"))
                .hasMessageContaining("AZURE_RESOURCE_MANAGER_ENDPOINT must be an https URL");
        assertThatThrownBy(() -> settings("AZURE_AUTHORITY_HOST", "not a url"))
                .hasMessageContaining("AZURE_AUTHORITY_HOST");
        assertThatThrownBy(() -> settings("FLEETWRIGHT_TIME_SCALE", "fast"))
                .hasMessageContaining("FLEETWRIGHT_TIME_SCALE");
        assertThatThrownBy(() -> settings("FLEETWRIGHT_TIME_SCALE", "0"))
                .hasMessageContaining("FLEETWRIGHT_TIME_SCALE");
    }

    @Test
    void aSlashAtTheEndDoesNotMatter() {
        assertThat(settings("AZURE_RESOURCE_MANAGER_ENDPOINT", "https://127.0.0.1:7443/")
                        .resourceManager())
                .hasToString("https://127.0.0.1:7443");
    }

    private static AzureSettings settings(String name, String value) {
        return AzureSettings.fromEnvironment(Map.of(name, value), "x/1");
    }
}
