package dev.fleetwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

    private final VirtualClock clock = VirtualClock.atNewYear();
    private final Instant start = clock.instant();

    @Test
    void tasksRunInTheOrderOfTheirTimesAndSeeTheirOwnTime() {
        var seen = new ArrayList<String>();
        clock.after(Duration.ofSeconds(5), () -> seen.add("b@" + Duration.between(start, clock.instant())));
        clock.after(Duration.ofSeconds(2), () -> seen.add("a@" + Duration.between(start, clock.instant())));
        clock.advance(Duration.ofSeconds(10));
        assertThat(seen).containsExactly("a@PT2S", "b@PT5S");
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(10));
    }

    @Test
    void aTaskMayScheduleAnotherWithinTheSameMove() {
        var seen = new ArrayList<Instant>();
        clock.after(Duration.ofSeconds(1), () -> clock.after(Duration.ofSeconds(1), () -> seen.add(clock.instant())));
        clock.advance(Duration.ofSeconds(3));
        assertThat(seen).containsExactly(start.plusSeconds(2));
    }

    @Test
    void runningTheNextTaskJumpsToItsTime() {
        clock.after(Duration.ofHours(1), () -> {});
        assertThat(clock.runNext()).isTrue();
        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(1)));
        assertThat(clock.runNext()).isFalse();
    }
}
