package dev.fleetwright.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventNameTest {

    @Test
    void theSameSightingHasTheSameNameAndAnotherReasonAnother() {
        var one = EventName.of("gate", "uid", "Warning", "QuotaExceeded");
        assertThat(EventName.of("gate", "uid", "Warning", "QuotaExceeded")).isEqualTo(one);
        assertThat(EventName.of("gate", "uid", "Warning", "Throttled")).isNotEqualTo(one);
        assertThat(EventName.of("gate", "uid2", "Warning", "QuotaExceeded")).isNotEqualTo(one);
    }

    @Test
    void longNamesStayWithinWhatKubernetesAllows() {
        assertThat(EventName.of("x".repeat(253), "uid", "Normal", "R").value()).hasSizeLessThanOrEqualTo(253);
    }
}
