package dev.fleetwright.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Finalizer;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.widget.Ground;
import dev.fleetwright.core.widget.Painter;
import dev.fleetwright.core.widget.Remover;
import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.core.widget.WidgetStatus;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole operator on a real API server. */
class EdgeIT {

    private static final String NAMESPACE = "edge";
    private static final Painter PAINTER = new Painter();
    private static final Remover REMOVER = new Remover();
    private static final Controller<Widget, WidgetStatus> CONTROLLER = Controller.of(Widget.class, WidgetStatus.SHAPE)
            .loop(PAINTER)
            .cleanup(REMOVER)
            .resync(Duration.ofHours(1))
            .build();
    private static OperatorProcess process;

    @BeforeAll
    static void start() {
        Ground.namespace(NAMESPACE);
        process = new OperatorProcess(
                Ground.settings(NAMESPACE, false), new UserAgent("fleetwright-edge-test", "1"), code -> {});
        process.add(CONTROLLER);
        process.start();
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    private static void create(String name) {
        Ground.client().resource(Widget.named(NAMESPACE, name, name)).create();
    }

    private static Widget read(String name) {
        return Ground.client()
                .resources(Widget.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    private static Conditions conditions(String name) {
        var widget = read(name);
        return Conditions.of(
                widget.getStatus() == null ? List.of() : widget.getStatus().conditions(), 1, Instant.EPOCH);
    }

    private static void awaitReady(String name) {
        await().atMost(Ground.PATIENCE).until(() -> conditions(name).isTrue("Ready"));
    }

    private static void awaitGone(String name) {
        await().atMost(Ground.PATIENCE).until(() -> read(name) == null);
    }

    @Test
    void aNewObjectGetsItsFinalizerIsWorkedOnBecomesReadyAndIsThenLeftAlone() {
        create("plain");
        awaitReady("plain");
        var settled = read("plain");
        assertThat(settled.getMetadata().getFinalizers()).containsExactly("fleetwright.dev/widget");
        assertThat(settled.getStatus().observedGeneration()).isEqualTo(1);
        int passes = PAINTER.passesOf("plain");
        CONTROLLER.trigger().wake(new ObjectKey(NAMESPACE, "plain"));
        await().atMost(Ground.PATIENCE).until(() -> PAINTER.passesOf("plain") > passes);
        assertThat(read("plain").getMetadata().getResourceVersion())
                .isEqualTo(settled.getMetadata().getResourceVersion());
    }

    /** Under one manager, an apply of the finalizer alone would take away everything else the operator had applied. */
    @Test
    void anObjectThatTheOperatorItselfAppliedKeepsItsSpecWhenItGetsItsFinalizer() {
        Ground.client()
                .resource(Widget.named(NAMESPACE, "applied", "green"))
                .fieldManager("fleetwright-edge-test")
                .serverSideApply();
        awaitReady("applied");
        assertThat(read("applied").getMetadata().getFinalizers()).containsExactly("fleetwright.dev/widget");
        assertThat(read("applied").getSpec())
                .isEqualTo(Widget.named(NAMESPACE, "applied", "green").getSpec());
    }

    @Test
    void anErrorBecomesAConditionAndAnEventAndRetryNowTriesAgainAtOnce() {
        PAINTER.failWriting("quota", FleetException.of(ErrorCode.QUOTA_EXCEEDED, "no cores left in westeurope"));
        create("quota");
        await().atMost(Ground.PATIENCE).until(() -> conditions("quota").isTrue("Stalled"));
        assertThat(conditions("quota").find("Stalled").orElseThrow().getReason())
                .isEqualTo("QuotaExceeded");
        assertThat(read("quota").getStatus().lastErrors().getFirst().message()).contains("westeurope");
        await().atMost(Ground.PATIENCE)
                .until(() -> Ground.client().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                        .anyMatch(event -> "QuotaExceeded".equals(event.getReason())
                                && "quota".equals(event.getInvolvedObject().getName())));

        PAINTER.healWriting("quota");
        Ground.client().resource(read("quota")).edit(w -> {
            w.getMetadata().setAnnotations(Map.of("fleetwright.dev/retry-now", "1"));
            return w;
        });
        awaitReady("quota");
        assertThat(conditions("quota").find("Stalled")).isEmpty();
        assertThat(read("quota").getStatus().lastErrors()).isEmpty();
    }

    @Test
    void aCleanupThatFailsIsShownAndRetriedAndThenTheObjectGoesWithoutTouchingOtherFinalizers() {
        create("leaving");
        awaitReady("leaving");
        var other = new Finalizer(Ground.client(), "example.com/other");
        other.add(read("leaving"));
        REMOVER.fail("leaving", FleetException.of(ErrorCode.DEPENDENCY_NOT_READY, "the wall is still wet"));
        Ground.client().resource(read("leaving")).delete();
        await().atMost(Ground.PATIENCE)
                .until(() -> conditions("leaving")
                        .find("Reconciling")
                        .filter(c -> c.getReason().equals("DependencyNotReady"))
                        .isPresent());
        REMOVER.heal("leaving");
        await().atMost(Ground.PATIENCE)
                .until(() -> read("leaving").getMetadata().getFinalizers().equals(List.of("example.com/other")));
        other.remove(read("leaving"));
        awaitGone("leaving");
        create("leaving");
        awaitReady("leaving");
    }

    @Test
    void anObjectWithFieldsWeDoNotKnowEndsNoInformer() {
        var future = Ground.client()
                .genericKubernetesResources("test.fleetwright.dev/v1alpha1", "Widget")
                .load(new ByteArrayInputStream("""
                    {"apiVersion": "test.fleetwright.dev/v1alpha1", "kind": "Widget",
                     "metadata": {"name": "future", "namespace": "edge"},
                     "spec": {"colour": "future", "shade": {"depth": 3}}}
                    """.getBytes(StandardCharsets.UTF_8)))
                .item();
        Ground.client().resource(future).create();
        awaitReady("future");
        create("after-future");
        awaitReady("after-future");
    }

    @Test
    void healthAndMetricsAreServed() throws Exception {
        create("measured");
        awaitReady("measured");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ok\n");
        assertThat(get("/metrics").body())
                .contains("fleetwright_reconcile_duration_seconds_count{kind=\"Widget\",result=\"ok\"}")
                .contains("fleetwright_status_writes_total{kind=\"Widget\",result=\"written\"}");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + process.httpAddress().getPort() + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
