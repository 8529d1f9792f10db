package dev.fleetwright.nodepool.controller;

import dev.fleetwright.nodepool.drain.DrainDecision;
import dev.fleetwright.nodepool.replacement.Decision;
import dev.fleetwright.nodepool.replacement.Outcome;
import dev.fleetwright.nodepool.replacement.Step;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts of the drain; no names of pods or objects in labels. */
final class DrainMetrics {
    private final MeterRegistry registry;

    DrainMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Decision decision, Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            answered.answers()
                    .values()
                    .forEach(answer -> registry.counter("fleetwright_evictions", "code", answer.code())
                            .increment());
        }
        switch (decision.step()) {
            case Step.Intend intend ->
                registry.counter("fleetwright_pods_drained")
                        .increment(intend.settled().size());
            case Step.Finish finish ->
                registry.counter("fleetwright_replacements", "result", finish.result())
                        .increment();
            default -> {}
        }
        DrainDecision drain = decision.drain();
        if (drain != null) {
            registry.summary("fleetwright_drain_blocked_pods")
                    .record(drain.blocked().size());
        }
    }
}
