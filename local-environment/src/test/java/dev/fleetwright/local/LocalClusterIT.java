package dev.fleetwright.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalClusterIT {
    @Test
    void startsAndStops() {
        Instant start = Instant.now();
        try (var cluster = LocalCluster.start(ClusterOptions.workload("first"))) {
            System.out.println("ready after " + Duration.between(start, Instant.now()));
            System.out.println(cluster.folder());
            assertThat(cluster.client().namespaces().list().getItems()).isNotEmpty();
            start = Instant.now();
        }
        System.out.println("closed after " + Duration.between(start, Instant.now()));
    }
}
