package dev.fleetwright.simulator.aks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesVersionsTest {
    private final KubernetesVersions versions =
            new KubernetesVersions(List.of("1.9.1", "1.34.10", "1.34.9", "1.35.0", "1.36.1"));

    @Test
    void versionsCompareByNumberNotByText() {
        assertThat(versions.offered()).containsExactly("1.9.1", "1.34.9", "1.34.10", "1.35.0", "1.36.1");
        assertThat(versions.resolve("1.34")).contains("1.34.10");
        assertThat(versions.resolve("1.3")).isEmpty();
        assertThat(versions.resolve("1")).isEmpty();
    }

    @Test
    void oneStepReachesTheNextMinor() {
        assertThat(versions.upgrades("1.34.9")).containsExactly("1.34.10", "1.35.0");
        assertThat(versions.standard()).isEqualTo("1.35.0");
    }
}
