package dev.fleetwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DurationsTest {
    @Test
    void units_add_up() {
        assertThat(Durations.parse("1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(Durations.parse("0s")).isZero();
    }

    @Test
    void anything_else_is_refused() {
        for (String bad : List.of("", "5", "m", "PT5M", "1d", "1m 30s", "-1s", "1.5h", "1m30")) {
            assertThatThrownBy(() -> Durations.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1h30m is meant");
        }
    }

    @Test
    void what_is_printed_reads_back_and_passes_the_schema() {
        Property.check("print and parse", 200, Gen.durations(Duration.ZERO, Duration.ofDays(3)), duration -> {
            String text = Durations.print(duration);
            assertThat(text).matches(Durations.PATTERN);
            assertThat(Durations.parse(text)).isEqualTo(duration);
        });
    }

    @Test
    void a_share_is_never_nothing_and_never_more_than_there_is() {
        assertThat(Share.parse("25%").of(10)).isEqualTo(2);
        assertThat(Share.parse("25%").of(1)).isEqualTo(1);
        assertThat(Share.parse("3").of(2)).isEqualTo(2);
        assertThat(Share.parse("3").of(0)).isZero();
        assertThat(Share.parse("250%").of(4)).isEqualTo(4);
        assertThat(Share.parse("7%")).hasToString("7%");
        for (String bad : List.of("0", "0%", "", "%", "-1", "1.5", "all")) {
            assertThatThrownBy(() -> Share.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
