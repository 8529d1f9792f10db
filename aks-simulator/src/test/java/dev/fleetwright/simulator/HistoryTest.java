package dev.fleetwright.simulator;

import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.testing.Property;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of writes, aborts, faults, time and restarts, against a reference model of the rules.
 *
 * <p>A failure prints its seed and the shortest history that still fails. {@code -Dtries=N} tries more of them; the Maven
 * profile {@code campaign} tries 10,000 in all.
 */
class HistoryTest {
    private static final int TRIES = 250;

    @TempDir
    Path folder;

    private RequestLog log;

    @BeforeEach
    void open() throws IOException {
        log = new RequestLog(folder.resolve("requests.jsonl"));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void hold(boolean parallel, boolean preempting) {
        String name = "histories with parallel pool operations " + parallel + ", preempting deletions " + preempting;
        Property.checkSequence(
                name, TRIES, Deed.histories(), deeds -> new History(folder, log, parallel, preempting).run(deeds));
    }

    @Test
    void everyHistoryGoesAsTheRulesSay() {
        hold(false, false);
    }

    @Test
    void everyHistoryGoesAsTheRulesSayWithParallelPoolOperations() {
        hold(true, false);
    }

    @Test
    void everyHistoryGoesAsTheRulesSayWithPreemptingDeletions() {
        hold(false, true);
    }

    @Test
    void everyHistoryGoesAsTheRulesSayWithBoth() {
        hold(true, true);
    }
}
