package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** A controller as the framework sees it. Statuses are never written through the framework. */
class Edge<R extends CustomResource<?, T>, T extends ConditionedStatus> implements Reconciler<R> {

    private final Controller<R, T> controller;
    private final PassRunner<R, T> runner;
    private final Jitter jitter;

    private Edge(Controller<R, T> controller, PassRunner<R, T> runner, Jitter jitter) {
        this.controller = controller;
        this.runner = runner;
        this.jitter = jitter;
    }

    static <R extends CustomResource<?, T>, T extends ConditionedStatus> Edge<R, T> of(
            Controller<R, T> controller, PassRunner<R, T> runner, Finalizer finalizer, Jitter jitter) {
        return controller.cleanup() == null
                ? new Edge<>(controller, runner, jitter)
                : new Cleaning<>(controller, runner, finalizer, jitter);
    }

    @Override
    public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        var inbound = new SimpleInboundEventSource<R>("trigger");
        controller.trigger().bind(key -> inbound.propagateEvent(key.toResourceID()));
        return List.of(inbound);
    }

    @Override
    public UpdateControl<R> reconcile(R resource, Context<R> context) {
        var next = marked(resource, () -> runner.run(resource, controller.loop()));
        return UpdateControl.<R>noUpdate().rescheduleAfter(delay(next));
    }

    Duration delay(Next next) {
        return switch (next) {
            case Next.After(Duration delay, String ignored) -> delay;
            case Next.Done() -> jitter.spread(controller.resync());
            case Next.Cleaned() -> jitter.spread(controller.resync());
        };
    }

    /** Log lines of a pass carry kind, namespace and name. */
    Next marked(R resource, Supplier<Next> pass) {
        try (var kind = MDC.putCloseable("kind", controller.kindName());
                var namespace =
                        MDC.putCloseable("namespace", resource.getMetadata().getNamespace());
                var name = MDC.putCloseable("name", resource.getMetadata().getName())) {
            return pass.get();
        }
    }

    /** With a finalizer: the framework adds it before the first pass and asks here when the object is deleted. */
    private static final class Cleaning<R extends CustomResource<?, T>, T extends ConditionedStatus> extends Edge<R, T>
            implements Cleaner<R> {

        private final Loop<R, T, ?, ?, ?> cleanup;
        private final PassRunner<R, T> runner;
        private final Finalizer finalizer;

        private Cleaning(Controller<R, T> controller, PassRunner<R, T> runner, Finalizer finalizer, Jitter jitter) {
            super(controller, runner, jitter);
            this.runner = runner;
            this.finalizer = finalizer;
            this.cleanup = Objects.requireNonNull(controller.cleanup());
        }

        @Override
        public DeleteControl cleanup(R resource, Context<R> context) {
            return switch (marked(resource, () -> runner.run(resource, cleanup))) {
                case Next.Cleaned() -> release(resource);
                case Next.After after -> again(after);
                case Next.Done done -> again(done);
            };
        }

        /** The finalizer goes by our own patch; from the framework's copy it is taken so that it does not try, too. */
        private DeleteControl release(R resource) {
            return switch (finalizer.remove(resource)) {
                case WRITTEN, UNCHANGED, GONE -> {
                    resource.removeFinalizer(finalizer.name());
                    yield DeleteControl.defaultDelete();
                }
                case CONFLICT -> again(Next.after(Duration.ofMillis(100), "the object changed meanwhile"));
            };
        }

        private DeleteControl again(Next next) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(delay(next));
        }
    }
}
