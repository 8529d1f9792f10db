package dev.fleetwright.launcher.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.launcher.evidence.PodMoves.Binding;
import dev.fleetwright.launcher.evidence.PodMoves.Eviction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodMovesTest {
    private static final Window RUN = new Window(at(100), at(200));

    @Test
    void aPodThatWasPlacedBeforeTheRunMovesOnce() {
        assertThat(PodMoves.again(
                        List.of(evicted("a", 110), evicted("b", 120)), List.of(placed("a", 10), placed("b", 20)), RUN))
                .isEmpty();
    }

    @Test
    void aPodThatWasPlacedDuringTheRunAndEvictedMovesTwice() {
        assertThat(PodMoves.again(List.of(evicted("a", 110), evicted("a2", 150)), List.of(placed("a2", 111)), RUN))
                .extracting(e -> e.pod().name())
                .containsExactly("a2");
    }

    @Test
    void aStatefulPodIsTheSameNameAndStillSeenToMoveTwice() {
        assertThat(PodMoves.again(
                        List.of(evicted("db-0", 110), evicted("db-0", 150)),
                        List.of(placed("db-0", 1), placed("db-0", 112)),
                        RUN))
                .hasSize(1);
    }

    @Test
    void whatWasPlacedInAnEarlierRunMayMoveInThisOne() {
        assertThat(PodMoves.again(List.of(evicted("a", 50), evicted("a2", 150)), List.of(placed("a2", 51)), RUN))
                .isEmpty();
    }

    @Test
    void twoAcceptedEvictionsOfOnePodAreARepetition() {
        assertThat(PodMoves.repeated(List.of(evicted("a", 110), evicted("a", 111)), List.of(placed("a", 1))))
                .hasSize(1);
        assertThat(PodMoves.repeated(List.of(evicted("db-0", 110), evicted("db-0", 150)), List.of(placed("db-0", 112))))
                .isEmpty();
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static Eviction evicted(String pod, long second) {
        return new Eviction(at(second), new PodName("shop", pod));
    }

    private static Binding placed(String pod, long second) {
        return new Binding(at(second), new PodName("shop", pod));
    }
}
