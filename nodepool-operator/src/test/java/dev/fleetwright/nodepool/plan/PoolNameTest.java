package dev.fleetwright.nodepool.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import org.junit.jupiter.api.Test;

class PoolNameTest {
    @Test
    void everyNameIsOneThatAzureTakes() {
        Gen<String> names = Gen.strings("abz019-.", 1, 60);
        Property.check("names", 500, names, name -> {
            assertThat(PoolName.of(name, "uid", 7, "Linux").agentPool()).matches("[a-z][a-z0-9]{0,11}");
            assertThat(PoolName.of(name, "uid", 7, "Windows").agentPool()).matches("[a-z][a-z0-9]{0,5}");
        });
    }

    @Test
    void theSameInputGivesTheSameNameAndEachGenerationAnother() {
        PoolName first = PoolName.of("web", "uid", 1, "Linux");
        assertThat(PoolName.of("web", "uid", 1, "Linux")).isEqualTo(first);
        assertThat(PoolName.of("web", "uid", 2, "Linux").agentPool()).isNotEqualTo(first.agentPool());
        assertThat(PoolName.of("web", "other", 1, "Linux").agentPool()).isNotEqualTo(first.agentPool());
    }
}
