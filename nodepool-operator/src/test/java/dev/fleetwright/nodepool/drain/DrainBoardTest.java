package dev.fleetwright.nodepool.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.Share;
import dev.fleetwright.nodepool.drain.DrainPolicy.OnDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrainBoardTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final DrainMemory NOTHING = new DrainMemory(Map.of(), Map.of(), Map.of(), Map.of());

    private final List<PodView> pods = new ArrayList<>();
    private final List<BudgetView> budgets = new ArrayList<>();
    private DrainPolicy policy = DrainPolicy.DEFAULT;
    private DrainMemory memory = NOTHING;
    private Set<String> inFlight = Set.of();

    @Test
    void neverMoreEvictionsThanTheBudgetAllows() {
        for (int i = 0; i < 5; i++) {
            pods.add(pod("cart-" + i, "old", "ReplicaSet", "cart", true));
        }
        budgets.add(budget("cart", 2, 3, 5));
        assertThat(decide(NOW).move()).hasSize(2);
    }

    @Test
    void anEvictionThatTheBudgetCannotKnowOfYetUsesItUp() {
        pods.add(pod("cart-0", "old", "ReplicaSet", "cart", true));
        pods.add(pod("cart-1", "old", "ReplicaSet", "cart", true));
        budgets.add(budget("cart", 1, 1, 2));
        Eviction sent = decide(NOW).move().getFirst();
        memory = memory.accepted(sent, NOW);
        inFlight = Set.of(sent.pod().uid());
        assertThat(decide(NOW).move()).isEmpty();
    }

    @Test
    void aBudgetThatWaitingCannotOpenIsNotCalledButReportedAtOnceWithItsNumbers() {
        pods.add(pod("cart-0", "old", "ReplicaSet", "cart", true));
        budgets.add(budget("cart", 0, 1, 1));
        DrainDecision decision = decide(NOW);
        assertThat(decision.move()).isEmpty();
        assertThat(BlockedReport.of(decision.blocked()))
                .isEqualTo("1 pod refused by PDB shop/cart (needs 1 healthy, has 1): shop/cart-0,"
                        + " deadline 2026-01-01 13:00Z then Stalled");
        assertThat(decision.stuck()).isTrue();
    }

    @Test
    void aBudgetThatMayOpenByItselfIsReportedAfterAMoment() {
        pods.add(pod("cart-0", "old", "ReplicaSet", "cart", true));
        BudgetView budget = budget("cart", 0, 2, 1);
        budgets.add(new BudgetView(
                budget.namespace(), budget.name(), "1", budget.selector(), 0, 2, 1, 2, true, false, Set.of()));
        DrainDecision first = decide(NOW);
        memory = first.memory();
        assertThat(first.move()).isEmpty();
        assertThat(first.blocked()).as("too early to tell").isEmpty();
        assertThat(first.wake()).contains(NOW.plus(HeldPods.REPORT_AFTER));

        DrainDecision later = decide(NOW.plusSeconds(5));
        assertThat(BlockedReport.of(later.blocked())).contains("needs 2 healthy, has 1");
        assertThat(later.stuck()).isTrue();
    }

    @Test
    void twoBudgetsOnOnePodAreAFindingAndNoCall() {
        pods.add(pod("cart-0", "old", "ReplicaSet", "cart", true));
        budgets.add(budget("cart", 1, 0, 1));
        budgets.add(new BudgetView(
                "shop", "all", "1", new Selector(false, Map.of(), List.of()), 9, 0, 9, 9, true, false, Set.of()));
        DrainDecision decision = decide(NOW);
        assertThat(decision.move()).isEmpty();
        assertThat(decision.blocked()).singleElement().satisfies(pod -> {
            assertThat(pod.reason()).isEqualTo("SeveralBudgets");
            assertThat(pod.budget()).isEqualTo("shop/all, shop/cart");
        });
    }

    @Test
    void withoutABudgetAShareOfTheOwnersPodsGoes() {
        for (int i = 0; i < 8; i++) {
            pods.add(pod("api-" + i, "old", "ReplicaSet", "api", true));
        }
        assertThat(decide(NOW).move()).hasSize(2);
    }

    @Test
    void aStatefulSetGoesFromItsHighestOrdinalOneByOne() {
        pods.add(pod("db-0", "old", "StatefulSet", "db", true));
        pods.add(pod("db-1", "old", "StatefulSet", "db", true));
        pods.add(pod("db-2", "old", "StatefulSet", "db", true));
        assertThat(decide(NOW).move())
                .singleElement()
                .satisfies(e -> assertThat(e.pod().name()).isEqualTo("db-2"));
    }

    @Test
    void aStatefulSetWithAPodThatIsNotReadyElsewhereWaits() {
        pods.add(pod("db-0", "old", "StatefulSet", "db", true));
        pods.add(pod("db-1", "new", "StatefulSet", "db", false));
        assertThat(decide(NOW).move()).isEmpty();
    }

    @Test
    void systemPodsLeaveTheirNodeLast() {
        PodView dns = pod("dns-0", "old", "ReplicaSet", "dns", true);
        pods.add(new PodView(
                dns.namespace(),
                dns.name(),
                dns.uid(),
                dns.node(),
                dns.labels(),
                dns.owner(),
                "Running",
                true,
                null,
                30,
                true,
                false));
        pods.add(pod("api-0", "old", "ReplicaSet", "api", true));
        assertThat(decide(NOW).move())
                .singleElement()
                .satisfies(e -> assertThat(e.pod().name()).isEqualTo("api-0"));
    }

    @Test
    void daemonSetMirrorFinishedAndSkippedPodsStay() {
        pods.add(pod("agent", "old", "DaemonSet", "agent", true));
        PodView skip = pod("skip", "old", "ReplicaSet", "skip", true);
        pods.add(new PodView(
                "shop",
                "skip",
                "s",
                "old",
                Map.of(PodView.DRAIN_LABEL, "skip"),
                skip.owner(),
                "Running",
                true,
                null,
                30,
                false,
                false));
        pods.add(new PodView("shop", "done", "d", "old", Map.of(), null, "Succeeded", false, null, 30, false, false));
        pods.add(new PodView("shop", "static", "m", "old", Map.of(), null, "Running", true, null, 30, false, true));
        DrainDecision decision = decide(NOW);
        assertThat(decision.move()).isEmpty();
        assertThat(decision.remainingPods()).isZero();
    }

    @Test
    void aPodThatIsOnItsWayOutIsNeverEvictedAgain() {
        PodView api = pod("api-0", "old", "ReplicaSet", "api", true);
        pods.add(new PodView(
                "shop",
                "api-0",
                api.uid(),
                "old",
                api.labels(),
                api.owner(),
                "Running",
                true,
                NOW.plusSeconds(30),
                30,
                false,
                false));
        DrainDecision decision = decide(NOW);
        assertThat(decision.move()).isEmpty();
        assertThat(decision.remaining()).containsEntry("old", 1);
    }

    @Test
    void pastItsDeadlineAPodIsDeletedOnlyIfThePolicySaysSo() {
        pods.add(pod("cart-0", "old", "ReplicaSet", "cart", true));
        budgets.add(budget("cart", 0, 1, 1));
        memory = decide(NOW).memory();
        Instant late = NOW.plus(Duration.ofHours(2));
        DrainDecision waits = decide(late);
        assertThat(waits.move()).isEmpty();
        assertThat(waits.overdue()).isTrue();

        policy = new DrainPolicy(Duration.ofHours(1), OnDeadline.DELETE, new Share(25, true), Duration.ofMinutes(10));
        assertThat(decide(late).move())
                .singleElement()
                .satisfies(e -> assertThat(e.past()).isTrue());
    }

    @Test
    void aLineThatMovesHasNoDeadline() {
        pods.add(pod("cart-0", "old", "ReplicaSet", "cart", true));
        pods.add(pod("cart-1", "old", "ReplicaSet", "cart", true));
        budgets.add(budget("cart", 0, 2, 2));
        memory = decide(NOW).memory();
        Eviction other = new Eviction(pod("cart-9", "old", "ReplicaSet", "cart", true), "shop/cart", "0", false);
        memory = memory.accepted(other, NOW.plus(Duration.ofMinutes(59)));
        assertThat(decide(NOW.plus(Duration.ofMinutes(61))).overdue()).isFalse();
    }

    private DrainDecision decide(Instant now) {
        return DrainBoard.decide(
                new DrainSituation(Set.of("old"), pods, budgets, inFlight, Map.of(), memory, policy, now));
    }

    private static PodView pod(String name, String node, String kind, String owner, boolean ready) {
        return new PodView(
                "shop",
                name,
                "uid-" + name,
                node,
                Map.of("app", owner),
                new PodView.Owner(kind, owner, "uid-" + owner),
                "Running",
                ready,
                null,
                30,
                false,
                false);
    }

    private static BudgetView budget(String app, int allowed, int needed, int present) {
        return new BudgetView(
                "shop",
                app,
                "1",
                Selector.of(Map.of("app", app)),
                allowed,
                needed,
                present,
                present,
                true,
                false,
                Set.of());
    }
}
