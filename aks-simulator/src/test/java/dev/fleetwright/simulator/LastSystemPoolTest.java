package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSystemPoolTest {
    @TempDir
    Path folder;

    @Test
    void ofTwoSystemPoolsOnlyOneCanBeDeletedAtATime() {
        var parallel = Behaviours.standard().with(Behaviour.PARALLEL_POOL_OPERATIONS, "true");
        try (var bench = new Bench(folder, options -> options.withBehaviours(parallel)).withCluster()) {
            String second = Bench.properties("'mode':'System','count':1,'vmSize':'Standard_D4s_v5'");
            bench.arm.put(Bench.POOL + "more", second);
            bench.settle();
            assertThat(bench.arm.delete(Bench.POOL + "sys").status()).isEqualTo(202);
            assertThat(bench.arm.delete(Bench.POOL + "more").code()).isEqualTo("OperationNotAllowed");
            Answer demoted = bench.arm.put(Bench.POOL + "more", second.replace("System", "User"));
            assertThat(demoted.code()).isEqualTo("OperationNotAllowed");
        }
    }
}
