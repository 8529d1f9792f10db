package dev.fleetwright.core.widget;

import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The cleanup of widgets: nothing to do, unless it is told to fail. */
public final class Remover implements Loop<Widget, WidgetStatus, String, String, String> {

    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();

    public void fail(String name, RuntimeException failure) {
        failures.put(name, failure);
    }

    public void heal(String name) {
        failures.remove(name);
    }

    @Override
    public String observe(Pass<Widget, WidgetStatus> pass) {
        return "";
    }

    @Override
    public String decide(Pass<Widget, WidgetStatus> pass, String observation) {
        return "remove";
    }

    @Override
    public String act(Pass<Widget, WidgetStatus> pass, String observation, String decision) {
        var failure = failures.get(pass.key().name());
        if (failure != null) {
            throw failure;
        }
        return "removed";
    }

    @Override
    public Report<WidgetStatus> report(
            Pass<Widget, WidgetStatus> pass, String observation, String decision, String outcome) {
        return new Report<>(pass.status(), pass.conditions(), Next.cleaned());
    }
}
