package dev.fleetwright.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a workload cluster costs on this machine. Prints; only a cluster out of all proportion fails. */
@Isolated("it measures")
class ClusterFiguresIT {
    private static final long A_LOT_OF_MEGABYTES = 1500;

    @Test
    void aWorkloadClusterFitsBesideOthers() throws Exception {
        long start = System.nanoTime();
        Map<Component, Long> megabytes = new TreeMap<>();
        Duration ready;
        try (var cluster = LocalCluster.start(ClusterOptions.workload("figures"))) {
            ready = since(start);
            for (Component component : Component.values()) {
                megabytes.put(component, residentMegabytes(cluster.process(component)));
            }
            start = System.nanoTime();
        }
        long sum = megabytes.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "workload cluster: ready after %d ms, closed after %d ms, resident %d MB %s%n",
                ready.toMillis(), since(start).toMillis(), sum, megabytes);
        assertThat(sum).isLessThan(A_LOT_OF_MEGABYTES);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static long residentMegabytes(ManagedProcess process) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid().orElseThrow());
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pid).start();
        String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(ps.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return Long.parseLong(kilobytes) / 1024;
    }
}
