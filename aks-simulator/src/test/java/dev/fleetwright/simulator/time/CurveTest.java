package dev.fleetwright.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void quantilesComeOutAsTheyWentInAndTheRestLiesBetween() {
        var curve = new Curve(List.of(new Curve.Point(0, 10), new Curve.Point(0.5, 20), new Curve.Point(1, 60)));
        assertThat(curve.at(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(curve.at(0.25)).isEqualTo(Duration.ofSeconds(15));
        assertThat(curve.at(0.5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(curve.at(1)).isEqualTo(Duration.ofSeconds(60));
    }
}
