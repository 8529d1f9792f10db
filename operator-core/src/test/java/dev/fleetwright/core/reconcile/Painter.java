package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.core.widget.WidgetStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loop that paints a widget: the wall outside holds one colour, and fails when told to. */
final class Painter implements Loop<Widget, WidgetStatus, String, Painter.Decision, String> {

    sealed interface Decision {
        record Paint(String colour) implements Decision {}

        record Nothing() implements Decision {}
    }

    volatile String wall = "";
    volatile @Nullable RuntimeException reading;
    volatile @Nullable RuntimeException writing;
    volatile Next whenPainted = Next.done();
    final AtomicInteger passes = new AtomicInteger();

    @Override
    public String observe(Pass<Widget, WidgetStatus> pass) {
        passes.incrementAndGet();
        var failure = reading;
        if (failure != null) {
            throw failure;
        }
        return wall;
    }

    @Override
    public Decision decide(Pass<Widget, WidgetStatus> pass, String observation) {
        var wanted = pass.resource().getSpec().colour();
        return wanted.equals(observation) ? new Decision.Nothing() : new Decision.Paint(wanted);
    }

    @Override
    public String act(Pass<Widget, WidgetStatus> pass, String observation, Decision decision) {
        return switch (decision) {
            case Decision.Nothing() -> observation;
            case Decision.Paint(String colour) -> {
                var failure = writing;
                if (failure != null) {
                    throw failure;
                }
                wall = colour;
                yield colour;
            }
        };
    }

    @Override
    public Report<WidgetStatus> report(
            Pass<Widget, WidgetStatus> pass, String observation, Decision decision, String outcome) {
        var status = pass.status().withPainted(outcome);
        return switch (decision) {
            case Decision.Paint(String colour) ->
                new Report<>(
                        status,
                        pass.conditions().reconciling("Painting", "painting " + colour),
                        Next.after(Duration.ofMillis(50), "paint dries"));
            case Decision.Nothing() -> new Report<>(status, pass.conditions().ready("Painted", ""), whenPainted);
        };
    }

    @Override
    public WidgetStatus observed(Pass<Widget, WidgetStatus> pass, String observation) {
        return observation.isEmpty() ? pass.status() : pass.status().withPainted(observation);
    }
}
