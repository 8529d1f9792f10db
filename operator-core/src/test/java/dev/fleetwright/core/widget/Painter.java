package dev.fleetwright.core.widget;

import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A loop that paints widgets: outside stands one wall for each, and what is done to it fails when told to. */
public final class Painter implements Loop<Widget, WidgetStatus, String, Painter.Decision, String> {

    private final Map<String, String> walls = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> reading = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> writing = new ConcurrentHashMap<>();
    private final Map<String, Integer> passes = new ConcurrentHashMap<>();

    /** What to do to a wall. */
    public sealed interface Decision {
        /** Make it that colour. */
        record Paint(String colour) implements Decision {}

        /** It has its colour. */
        record Nothing() implements Decision {}
    }

    public void paint(String name, String colour) {
        walls.put(name, colour);
    }

    public void failReading(String name, RuntimeException failure) {
        reading.put(name, failure);
    }

    public void healReading(String name) {
        reading.remove(name);
    }

    public void failWriting(String name, RuntimeException failure) {
        writing.put(name, failure);
    }

    public void healWriting(String name) {
        writing.remove(name);
    }

    public int passesOf(String name) {
        return passes.getOrDefault(name, 0);
    }

    @Override
    public String observe(Pass<Widget, WidgetStatus> pass) {
        var name = pass.key().name();
        passes.merge(name, 1, Integer::sum);
        var failure = reading.get(name);
        if (failure != null) {
            throw failure;
        }
        return walls.getOrDefault(name, "");
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
                var failure = writing.get(pass.key().name());
                if (failure != null) {
                    throw failure;
                }
                walls.put(pass.key().name(), colour);
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
            case Decision.Nothing() -> new Report<>(status, pass.conditions().ready("Painted", ""), Next.done());
        };
    }

    @Override
    public WidgetStatus observed(Pass<Widget, WidgetStatus> pass, String observation) {
        return observation.isEmpty() ? pass.status() : pass.status().withPainted(observation);
    }
}
