package dev.fleetwright.azure.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.ProvisioningState;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ArmId ID = ArmId.managedCluster("s", "g", "c");

    private final VirtualClock clock = VirtualClock.atNewYear();
    private final AtomicInteger lists = new AtomicInteger();
    private Supplier<List<ManagedClusterState>> azure = () -> List.of(cluster());
    private final Inventory inventory = new Inventory(
            () -> {
                lists.incrementAndGet();
                return azure.get();
            },
            MINUTE,
            clock);

    @Test
    void aThousandReadersCostOneListPerPace() {
        for (int i = 0; i < 1000; i++) {
            assertThat(inventory.read(MINUTE).cluster(ID)).isPresent();
        }
        assertThat(lists).hasValue(1);

        clock.advance(MINUTE.plusSeconds(1));
        inventory.read(MINUTE);
        inventory.read(Duration.ZERO);
        assertThat(lists).hasValue(2);
    }

    @Test
    void nothingIsKnownBeforeTheFirstListSucceeds() {
        azure = () -> {
            throw FleetException.of(ErrorCode.TRANSIENT, "away");
        };

        Snapshot snapshot = inventory.read(MINUTE);

        assertThat(snapshot.complete()).isFalse();
        assertThat(snapshot.freshEnough(Duration.ofDays(10_000), clock.instant()))
                .isFalse();
        assertThat(snapshot.lastError()).map(FleetException::code).contains(ErrorCode.TRANSIENT);
    }

    @Test
    void aFailedListKeepsTheLastGoodOneWithItsAgeAndIsNotRepeatedAtOnce() {
        inventory.read(MINUTE);
        clock.advance(Duration.ofMinutes(3));
        azure = () -> {
            throw FleetException.of(ErrorCode.RATE_LIMITS_EXCEEDED, "slow down");
        };

        Snapshot stale = inventory.read(MINUTE);
        inventory.read(MINUTE);

        assertThat(lists).hasValue(2);
        assertThat(stale.cluster(ID)).isPresent();
        assertThat(stale.complete()).isTrue();
        assertThat(stale.freshEnough(MINUTE, clock.instant())).isFalse();
    }

    @Test
    void whileOneReaderRefreshesTheOthersDoNotWait() throws Exception {
        CountDownLatch listing = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        azure = () -> {
            listing.countDown();
            try {
                answer.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(cluster());
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> inventory.read(MINUTE));
            assertThat(listing.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(inventory.read(MINUTE).complete()).isFalse();
            answer.countDown();

            assertThat(first.get().complete()).isTrue();
            assertThat(lists).hasValue(1);
        }
    }

    private static ManagedClusterState cluster() {
        Optional<String> none = Optional.empty();
        return new ManagedClusterState(
                ID,
                "westeurope",
                none,
                new ProvisioningState("Succeeded"),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                Map.of(),
                Map.of(),
                List.of());
    }
}
