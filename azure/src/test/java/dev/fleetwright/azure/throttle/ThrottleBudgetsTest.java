package dev.fleetwright.azure.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.azure.throttle.ThrottleBudgets.Admission;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import dev.fleetwright.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleBudgetsTest {
    private static final String CLUSTER =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/";
    private static final ArmCall PUT_POOL = ArmCall.of("PUT", CLUSTER + "a/agentPools/p");

    private final VirtualClock clock = VirtualClock.atNewYear();
    private final ThrottleBudgets budgets = new ThrottleBudgets(1);

    @Test
    void aRestedBucketAllowsItsBurstAndThenItsRefill() {
        assertThat(granted(PUT_POOL, 25)).isEqualTo(20);

        clock.advance(Duration.ofSeconds(59));
        assertThat(granted(PUT_POOL, 1)).isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(granted(PUT_POOL, 2)).isEqualTo(1);
    }

    @Test
    void aRefusalNamesTheLimitAndAWaitAfterWhichTheCallPasses() {
        granted(PUT_POOL, 20);

        var refused = (Admission.Refused) budgets.tryTake(PUT_POOL, clock.instant());

        assertThat(refused.limit()).isEqualTo(Limit.AKS_PUT_POOL);
        clock.advance(refused.retryAfter());
        assertThat(granted(PUT_POOL, 1)).isEqualTo(1);
    }

    @Test
    void poolsHaveTheirOwnWriteBucketsAndShareOneForReads() {
        ArmCall other = ArmCall.of("PUT", CLUSTER + "a/agentPools/q");
        granted(PUT_POOL, 20);
        assertThat(granted(other, 1)).isEqualTo(1);

        assertThat(granted(ArmCall.of("GET", CLUSTER + "a/agentPools/p"), 40)).isEqualTo(40);
        assertThat(granted(ArmCall.of("GET", CLUSTER + "b/agentPools/q"), 40)).isEqualTo(20);
    }

    @Test
    void clustersOfDifferentRegionsDoNotShareOnceTheirRegionIsKnown() {
        budgets.clusterIsIn(CLUSTER + "A", "westeurope");
        budgets.clusterIsIn(CLUSTER + "b", "northeurope");

        assertThat(granted(ArmCall.of("GET", CLUSTER + "a/agentPools/p"), 70)).isEqualTo(60);
        assertThat(granted(ArmCall.of("GET", CLUSTER + "b/agentPools/p"), 70)).isEqualTo(60);
    }

    @Test
    void aRefusedCallCostsNothingInItsOtherBucket() {
        ThrottleBudgets fresh = new ThrottleBudgets(1);
        for (int i = 0; i < 300; i++) {
            fresh.tryTake(PUT_POOL, clock.instant());
        }

        // 20 of ARM's 200 writes are gone, not 300.
        int left = 0;
        ArmCall group = ArmCall.of("PUT", "/subscriptions/s/resourceGroups/g");
        while (fresh.tryTake(group, clock.instant()) instanceof Admission.Granted) {
            left++;
        }
        assertThat(left).isEqualTo(180);
    }

    @Test
    void aRefusalByAzureClosesTheBucketForEveryCallerUntilItsTime() {
        ArmCall read = ArmCall.of("GET", CLUSTER + "a/agentPools/p");
        budgets.refusedByAzure(read, false, Duration.ofSeconds(30), clock.instant());

        ArmCall another = ArmCall.of("GET", CLUSTER + "b/agentPools/q");
        clock.advance(Duration.ofSeconds(29));
        assertThat(granted(another, 1)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(granted(another, 5)).as("one call, not a burst").isEqualTo(1);
    }

    @Test
    void aFasterAzureRefillsFaster() {
        ThrottleBudgets fast = new ThrottleBudgets(60);
        for (int i = 0; i < 20; i++) {
            fast.tryTake(PUT_POOL, clock.instant());
        }
        clock.advance(Duration.ofMillis(1001));

        assertThat(fast.tryTake(PUT_POOL, clock.instant())).isInstanceOf(Admission.Granted.class);
    }

    private sealed interface Step {
        record Wait(Duration time) implements Step {}

        record Call() implements Step {}

        record Refused(Duration retryAfter) implements Step {}
    }

    @Test
    void inNoWindowOfTimeDoMoreCallsPassThanBurstAndRefillAllow() {
        Gen<Step> steps = random -> switch (random.nextInt(12)) {
            case 0 -> new Step.Refused(Duration.ofSeconds(random.nextInt(1, 90)));
            case 1, 2, 3 -> new Step.Wait(Duration.ofMillis(random.nextInt(90_000)));
            default -> new Step.Call();
        };
        Property.checkSequence("token bucket", 200, steps.listOf(1, 120), ThrottleBudgetsTest::holds);
    }

    private static void holds(List<Step> steps) {
        VirtualClock clock = VirtualClock.atNewYear();
        ThrottleBudgets budgets = new ThrottleBudgets(1);
        List<Instant> passed = new ArrayList<>();
        Instant closedUntil = Instant.MIN;
        for (Step step : steps) {
            switch (step) {
                case Step.Wait(Duration time) -> clock.advance(time);
                case Step.Refused(Duration retryAfter) -> {
                    budgets.refusedByAzure(PUT_POOL, false, retryAfter, clock.instant());
                    Instant until = clock.instant().plus(retryAfter);
                    closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
                }
                case Step.Call() -> {
                    switch (budgets.tryTake(PUT_POOL, clock.instant())) {
                        case Admission.Granted() -> {
                            assertThat(clock.instant()).isAfterOrEqualTo(closedUntil);
                            passed.add(clock.instant());
                        }
                        case Admission.Refused(var limit, var retryAfter) ->
                            assertThat(retryAfter).as("wait for %s", limit).isPositive();
                    }
                }
            }
        }
        for (int from = 0; from < passed.size(); from++) {
            for (int to = from; to < passed.size(); to++) {
                double seconds =
                        Duration.between(passed.get(from), passed.get(to)).toMillis() / 1000.0;
                assertThat(to - from + 1).isLessThanOrEqualTo((int) Math.floor(20 + seconds / 60 + 1e-6));
            }
        }
    }

    private int granted(ArmCall call, int tries) {
        int granted = 0;
        for (int i = 0; i < tries; i++) {
            if (budgets.tryTake(call, clock.instant()) instanceof Admission.Granted) {
                granted++;
            }
        }
        return granted;
    }
}
