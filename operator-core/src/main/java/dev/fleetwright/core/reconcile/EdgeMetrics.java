package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.status.WriteResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts of the edge, by kind. No label is per object, so that a large fleet does not make a large scrape. */
final class EdgeMetrics {

    private final MeterRegistry registry;
    private final String kind;

    EdgeMetrics(MeterRegistry registry, String kind) {
        this.registry = registry;
        this.kind = kind;
    }

    void error(ErrorCode code) {
        registry.counter("fleetwright_errors_total", "kind", kind, "code", code.code())
                .increment();
    }

    /** One pass; its result is ok, error, conflict or held. */
    void pass(String result, Duration took) {
        Timer.builder("fleetwright_reconcile_duration")
                .description("Time of one pass over one object")
                .tags("kind", kind, "result", result)
                .register(registry)
                .record(took);
    }

    void statusWrite(WriteResult result) {
        var label = result.name().toLowerCase(Locale.ROOT);
        registry.counter("fleetwright_status_writes_total", "kind", kind, "result", label)
                .increment();
    }
}
