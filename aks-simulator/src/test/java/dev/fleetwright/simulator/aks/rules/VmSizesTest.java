package dev.fleetwright.simulator.aks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmSizesTest {
    private final VmSizes sizes = new VmSizes();

    @Test
    void commonSizesHaveTheirPublishedShape() {
        assertThat(sizes.require("standard_d8s_v5").memoryMiB()).isEqualTo(32 * 1024);
        assertThat(sizes.require("Standard_E16ds_v5").memoryMiB()).isEqualTo(128 * 1024);
        assertThat(sizes.require("Standard_F8s_v2").memoryMiB()).isEqualTo(16 * 1024);
        assertThat(sizes.require("Standard_B4ms").burstable()).isTrue();
        assertThat(sizes.require("Standard_D4ps_v5").arm64()).isTrue();
        assertThat(sizes.find("Standard_D7s_v5")).isEmpty();
    }
}
