package dev.fleetwright.simulator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurgePlanTest {
    @ParameterizedTest
    @CsvSource({
        "10%, 0, 1, 1, 0, 1",
        "10%, 0, 10, 1, 0, 1",
        "10%, 0, 11, 2, 0, 2",
        "33%, 0, 3, 1, 0, 1",
        "33%, 0, 4, 2, 0, 2",
        "100%, 0, 5, 5, 0, 5",
        "5, 0, 3, 3, 0, 3",
        "0, 2, 8, 0, 2, 2",
        "0, 25%, 9, 0, 3, 3",
        "0, 0, 4, 0, 0, 1",
    })
    void fractionsOfANodeAreRoundedUpAndNobodyNeedsMoreBuffersThanNodes(
            String maxSurge, String maxUnavailable, int nodes, int surge, int unavailable, int width) {
        var plan = SurgePlan.of(maxSurge, maxUnavailable, nodes);
        assertThat(plan).isEqualTo(new SurgePlan(surge, unavailable));
        assertThat(plan.width()).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "0, 1", "3, 3", "50%, 2"})
    void aSpotPoolNeverSurges(String maxUnavailable, int unavailable) {
        assertThat(SurgePlan.spot(maxUnavailable, 4)).isEqualTo(new SurgePlan(0, unavailable));
    }
}
