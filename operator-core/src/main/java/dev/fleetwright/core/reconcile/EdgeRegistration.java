package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.status.StatusWriter;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Registers controllers with the framework, with our settings in place of its defaults.
 *
 * @param fieldManager who owns the finalizers, for example fleetwright-controllers
 * @param namespaces watched; empty means all
 * @param waiting applied to every pace of the error table: the time scale
 */
public record EdgeRegistration(
        Operator operator,
        KubernetesClient client,
        String fieldManager,
        Set<String> namespaces,
        EventRecorder events,
        MeterRegistry metrics,
        InstantSource clock,
        RandomGenerator random,
        UnaryOperator<Duration> waiting) {

    private static final String FINALIZERS = "-finalizers";

    public <R extends CustomResource<?, T>, T extends ConditionedStatus> void register(Controller<R, T> controller) {
        var jitter = new Jitter(random);
        var runner = new PassRunner<>(
                controller,
                new StatusWriter<R, T>(client, clock),
                new FailurePolicy(controller.progressDeadline(), delay -> jitter.stretch(waiting.apply(delay))),
                events,
                new EdgeMetrics(metrics, controller.kindName()),
                clock);
        var finalizer = new Finalizer(client, Controller.finalizerOf(controller.kind()));
        var edge = Edge.of(controller, runner, finalizer, jitter);
        operator.register(edge, configuration(controller, edge, jitter));
    }

    private <R extends CustomResource<?, T>, T extends ConditionedStatus>
            ResolvedControllerConfiguration<R> configuration(
                    Controller<R, T> controller, Edge<R, T> edge, Jitter jitter) {
        InformerConfiguration<R> informer = InformerConfiguration.builder(controller.kind())
                .withName(controller.kindName())
                .withNamespaces(namespaces.isEmpty() ? Set.of(Constants.WATCH_ALL_NAMESPACES) : namespaces)
                .withOnUpdateFilter(new PrimaryChanges<>(controller.trigger()))
                .buildForController();
        return new ResolvedControllerConfiguration<>(
                Controller.kebab(controller.kindName()),
                false, // generation alone would miss annotations: PrimaryChanges decides
                edge.getClass().getName(),
                new EdgeRetry(jitter),
                null,
                // Every pass reschedules itself; this is the net below, for a pass whose reschedule got lost.
                controller.resync().multipliedBy(2),
                Controller.finalizerOf(controller.kind()),
                Map.of(),
                // A manager of its own: applied with the one that wrote the object, the finalizer alone would take away
                // everything else that manager had set.
                fieldManager + FINALIZERS,
                operator.getConfigurationService(),
                informer,
                false,
                null);
    }
}
