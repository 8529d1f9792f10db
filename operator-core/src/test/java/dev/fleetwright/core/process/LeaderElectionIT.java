package dev.fleetwright.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.widget.Ground;
import dev.fleetwright.core.widget.Painter;
import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.core.widget.WidgetStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaderElectionIT {

    private static final String OPERATOR = "fleetwright-leader-test";

    private final AtomicInteger halted = new AtomicInteger();

    private OperatorProcess start(String namespace, Painter painter) {
        return start(Ground.settings(namespace, true), painter);
    }

    private OperatorProcess start(Settings settings, Painter painter) {
        var process = new OperatorProcess(settings, new UserAgent(OPERATOR, "1"), halted::set);
        process.add(
                Controller.of(Widget.class, WidgetStatus.SHAPE).loop(painter).build());
        process.start();
        return process;
    }

    private static String holder(String namespace) {
        var lease = Ground.client()
                .leases()
                .inNamespace(namespace)
                .withName(OPERATOR)
                .get();
        return lease == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    private static boolean steal(String namespace) {
        Ground.client().leases().inNamespace(namespace).withName(OPERATOR).edit(lease -> {
            lease.getSpec().setHolderIdentity("somebody else");
            lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
            return lease;
        });
        return true;
    }

    @Test
    void aStandbyTakesOverSoonAfterTheLeaderEndsInOrderSinceTheLeaseIsReleased() {
        var namespace = Ground.namespace("take-over");
        var first = new Painter();
        var second = new Painter();
        var leader = start(namespace, first);
        await().atMost(Ground.PATIENCE).until(() -> !holder(namespace).isEmpty());
        try (var standby = start(namespace, second)) {
            Ground.client().resource(Widget.named(namespace, "gate", "red")).create();
            await().atMost(Ground.PATIENCE).until(() -> first.passesOf("gate") > 0);
            assertThat(second.passesOf("gate")).isZero();
            var was = holder(namespace);
            leader.close();
            var ended = Instant.now();
            await().atMost(Ground.PATIENCE).until(() -> second.passesOf("gate") > 0);
            System.out.println("take-over after an orderly end: " + Duration.between(ended, Instant.now()));
            assertThat(holder(namespace)).isNotEmpty().isNotEqualTo(was);
            assertThat(halted).hasValue(0);
            assertThat(standby.httpAddress().getPort()).isPositive();
        }
    }

    @Test
    void aContainerThatComesBackInItsPodLeadsAgainAtOnce() {
        var namespace = Ground.namespace("come-back");
        // What a killed process leaves: a lease in its name, good for an hour.
        Ground.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(OPERATOR)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("pod-1")
                        .withLeaseDurationSeconds((int) Duration.ofHours(1).toSeconds())
                        .withAcquireTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .withLeaseTransitions(1)
                        .endSpec()
                        .build())
                .create();
        var painter = new Painter();
        try (var process = start(Ground.settings(namespace, true, Optional.of("pod-1")), painter)) {
            Ground.client().resource(Widget.named(namespace, "gate", "red")).create();
            await().atMost(Ground.PATIENCE).until(() -> painter.passesOf("gate") > 0);
            assertThat(holder(namespace)).isEqualTo("pod-1");
            assertThat(process.httpAddress().getPort()).isPositive();
        }
        assertThat(halted).hasValue(0);
    }

    @Test
    void aProcessWhoseLeaseIsTakenEndsAtOnce() {
        var namespace = Ground.namespace("lease-lost");
        try (var leader = start(namespace, new Painter())) {
            await().atMost(Ground.PATIENCE).until(() -> !holder(namespace).isEmpty());
            // The leader renews every two seconds, so that an edit can meet a conflict.
            await().atMost(Ground.PATIENCE).ignoreExceptions().until(() -> steal(namespace));
            await().atMost(Ground.PATIENCE).until(() -> halted.get() == 3);
            assertThat(leader.httpAddress().getPort()).isPositive();
        }
        assertThat(holder(namespace))
                .as("a lease that is not ours is not released")
                .isEqualTo("somebody else");
    }
}
