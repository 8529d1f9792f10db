package dev.fleetwright.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final VirtualClock clock = VirtualClock.atNewYear();
    private final Health health = new Health(clock);

    @Test
    void whatIsNotReadyIsNamed() {
        var synced = new AtomicBoolean();
        health.require("cache of Secret", synced::get);
        assertThat(health.notReady()).containsOnlyKeys("cache of Secret");
        synced.set(true);
        assertThat(health.notReady()).isEmpty();
    }

    @Test
    void anEndedInformerMakesUsUnreadyAtOnceAndIsDeadlyOnlyAfterTenMinutes() {
        health.informerStopped("Widget");
        assertThat(health.notReady()).containsOnlyKeys("informer of Widget");
        assertThat(health.deadly()).isEmpty();
        clock.advance(Duration.ofMinutes(11));
        assertThat(health.deadly()).containsOnlyKeys("informer of Widget");
    }
}
