package dev.fleetwright.launcher;

import dev.fleetwright.launcher.evidence.Window;
import dev.fleetwright.launcher.evidence.WorkloadEvidence;
import java.util.List;
import java.util.Map;

/** The end of the demo: the figures, and which promises held. */
final class Summary {
    private final Screen screen;

    Summary(Screen screen) {
        this.screen = screen;
    }

    void show(Demo.Acts acts, WorkloadEvidence evidence, Map<String, Long> calls, List<Promise> promises) {
        screen.chapter("What happened, by the audit log and the simulator's request log");
        screen.say("%-28s %14s %14s".formatted("", "replacement", "upgrade"));
        var replacement = evidence.during(acts.replacement());
        var upgrade = evidence.during(acts.upgrade());
        row("nodes replaced", replacement.nodesDeleted(), upgrade.nodesDeleted());
        row("pods moved (evictions)", replacement.podsMoved(), upgrade.podsMoved());
        row("evictions refused", replacement.evictionsRefused(), upgrade.evictionsRefused());
        row(
                "pods moved twice",
                replacement.podsMovedAgain().size(),
                upgrade.podsMovedAgain().size());
        row("below a PDB minimum", Text.seconds(replacement.belowBudget()), Text.seconds(upgrade.belowBudget()));
        row("duration", length(acts.replacement()), length(acts.upgrade()));
        screen.say("cluster ready for workloads after " + length(acts.creation()));
        screen.say("Azure calls by kind:");
        calls.forEach((kind, count) -> screen.say("  %-44s %6d".formatted(kind, count)));
        screen.chapter("What was promised");
        promises.forEach(p -> screen.say((p.held() ? "held    " : "BROKEN  ") + p.text() + " (" + p.detail() + ")"));
    }

    private void row(String name, Object first, Object second) {
        screen.say("%-28s %14s %14s".formatted(name, first, second));
    }

    private static String length(Window window) {
        return Text.seconds(window.length());
    }
}
