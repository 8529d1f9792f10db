package dev.fleetwright.launcher.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.launcher.evidence.BudgetBreaches.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetBreachesTest {
    private static final Window RUN = new Window(Instant.ofEpochSecond(100), Instant.ofEpochSecond(200));

    @Test
    void aBudgetAtItsMinimumIsNotBreached() {
        assertThat(total(seen(110, 3, 3), seen(150, 4, 3))).isZero();
    }

    @Test
    void theTimeBelowTheMinimumCountsFromOneSightingToTheNext() {
        assertThat(total(seen(110, 2, 3), seen(114, 3, 3))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aBreachIsCutToTheWindowAndMayBeOpenAtItsEnd() {
        assertThat(total(seen(50, 2, 3), seen(103, 3, 3), seen(195, 1, 3))).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void budgetsAreCountedEachForItself() {
        var other = new Sighting(Instant.ofEpochSecond(110), new PodName("shop", "web"), 5, 5);
        assertThat(total(seen(105, 2, 3), other, seen(115, 3, 3))).isEqualTo(Duration.ofSeconds(10));
    }

    private static Duration total(Sighting... sightings) {
        return BudgetBreaches.total(List.of(sightings), RUN);
    }

    private static Sighting seen(long second, int healthy, int needed) {
        return new Sighting(Instant.ofEpochSecond(second), new PodName("shop", "cart"), healthy, needed);
    }
}
