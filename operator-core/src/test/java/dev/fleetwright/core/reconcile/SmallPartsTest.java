package dev.fleetwright.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.testing.Property;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

    @Test
    void finalizersAreNamedAfterTheKind() {
        assertThat(Controller.finalizerOf(Widget.class)).isEqualTo("fleetwright.dev/widget");
        assertThat(Controller.kebab("ManagedControlPlane")).isEqualTo("managed-control-plane");
        assertThat(Controller.kebab("AzureClusterAdditionalConfig")).isEqualTo("azure-cluster-additional-config");
    }

    @Test
    void jitterStaysWithinItsBounds() {
        Property.check("jitter", 300, random -> random.nextLong(), seed -> {
            var jitter = new Jitter(Property.random(seed));
            assertThat(jitter.stretch(Duration.ofSeconds(10)))
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
            assertThat(jitter.spread(Duration.ofMinutes(10))).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(12));
        });
    }

    @Test
    void theRetryOfTheEdgeGrowsToFiveMinutesAndNeverEnds() {
        var execution = new EdgeRetry(new Jitter(Property.random(1))).initExecution();
        assertThat(execution.nextDelay().orElseThrow()).isBetween(2_000L, 2_200L);
        for (int i = 0; i < 1000; i++) {
            assertThat(execution.isLastAttempt()).isFalse();
            assertThat(execution.nextDelay()).isPresent();
        }
        assertThat(execution.nextDelay().orElseThrow()).isBetween(300_000L, 330_000L);
    }

    @Test
    void statusWritesWakeNobodyButSpecAnnotationsFinalizersAndDeletionDo() {
        var woken = new ArrayList<ObjectKey>();
        var trigger = new Trigger();
        trigger.bind(woken::add);
        var changes = new PrimaryChanges<Widget>(trigger);
        var before = Widget.named("fleet", "gate", "red");
        before.getMetadata().setGeneration(1L);
        var statusOnly = Widget.named("fleet", "gate", "red");
        statusOnly.getMetadata().setGeneration(1L);
        statusOnly.getMetadata().setResourceVersion("77");
        assertThat(changes.accept(statusOnly, before)).isFalse();

        statusOnly.getMetadata().setFinalizers(List.of("fleetwright.dev/widget"));
        assertThat(changes.accept(statusOnly, before)).isTrue();
        statusOnly.getMetadata().setFinalizers(List.of());
        statusOnly.getMetadata().setAnnotations(Map.of("fleetwright.dev/retry-now", "1"));
        assertThat(changes.accept(statusOnly, before)).isTrue();
        assertThat(woken).containsExactly(new ObjectKey("fleet", "gate"));
    }

    @Test
    void errorsOfTheKubernetesApiHaveTheirPlaceInTheTaxonomy() {
        assertThat(code(409)).isEqualTo(ErrorCode.PRECONDITION_FAILED);
        assertThat(code(403)).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(code(422)).isEqualTo(ErrorCode.CONFIGURATION_PROBLEM);
        assertThat(code(503)).isEqualTo(ErrorCode.TRANSIENT);
        assertThat(code(0)).isEqualTo(ErrorCode.TRANSIENT);
        assertThat(KubernetesErrors.of(new IllegalArgumentException("x")).code())
                .isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void pauseIsByPresenceOfTheAnnotation() {
        var widget = Widget.named("fleet", "gate", "red");
        assertThat(Pause.byAnnotation(widget)).isFalse();
        widget.getMetadata().setAnnotations(Map.of("cluster.x-k8s.io/paused", ""));
        assertThat(Pause.byAnnotation(widget)).isTrue();
    }

    private static ErrorCode code(int http) {
        return KubernetesErrors.of(new KubernetesClientException(
                        "m",
                        http,
                        new StatusBuilder().withCode(http).withMessage("m").build()))
                .code();
    }
}
