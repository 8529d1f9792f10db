package dev.fleetwright.simulator;

import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.entra.SigningKey;
import dev.fleetwright.simulator.time.Timeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A simulator without a backend whose time stands still until a test moves it, and a client that is signed in. */
final class Bench implements AutoCloseable {
    static final String POOL = Wire.MC + "/agentPools/";

    /** Making one takes a second on a busy machine: the tests share it. */
    private static final SigningKey KEY = SigningKey.onDemand(key -> {});

    final ManualTimeline time;
    final AksSimulator simulator;
    final Wire arm;

    Bench(Path folder) {
        this(folder, options -> options);
    }

    Bench(Path folder, UnaryOperator<SimulatorOptions> change) {
        this(folder, change, new ManualTimeline());
    }

    Bench(Path folder, UnaryOperator<SimulatorOptions> change, ManualTimeline time) {
        this(folder, change, time, Optional.empty());
    }

    /** With clusters of the test's making behind it. */
    static Bench with(Path folder, Function<Timeline, FakeCluster> backend) {
        var time = new ManualTimeline();
        return new Bench(folder, options -> options, time, Optional.of(backend.apply(time)));
    }

    Bench(Path folder, UnaryOperator<SimulatorOptions> change, ManualTimeline time, Optional<ClusterBackend> backend) {
        this.time = time;
        var options = SimulatorOptions.in(folder)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withPrincipal(Wire.OPERATOR)
                .withSigningKey(KEY)
                .withThrottling(false);
        simulator =
                AksSimulator.start(change.apply(options), Executors.newVirtualThreadPerTaskExecutor(), time, backend);
        arm = new Wire(simulator).signedIn();
    }

    /** A resource group with a cluster whose System pool "sys" has two nodes, all Succeeded. */
    Bench withCluster() {
        arm.put(Wire.RG, "{'location':'westeurope'}");
        Answer created = arm.put(Wire.MC, cluster("sys", 2));
        if (created.status() != 201) {
            throw new IllegalStateException(created.toString());
        }
        settle();
        return this;
    }

    Bench withPool(String name, int count) {
        Answer created = arm.put(POOL + name, pool(count));
        if (created.status() != 201) {
            throw new IllegalStateException(created.toString());
        }
        settle();
        return this;
    }

    /** Lets everything that runs come to its end. */
    void settle() {
        time.advance(Duration.ofHours(1));
        arm.signedIn();
    }

    static String cluster(String pool, int count) {
        return """
            {'location':'westeurope','identity':{'type':'SystemAssigned'},'properties':{'dnsPrefix':'weu',
             'kubernetesVersion':'1.34.2','agentPoolProfiles':[
              {'name':'%s','mode':'System','count':%d,'vmSize':'Standard_D4s_v5'}]}}
            """.formatted(pool, count);
    }

    static String pool(int count) {
        return properties("'mode':'User','count':" + count + ",'vmSize':'Standard_D8s_v5'");
    }

    static String properties(String fields) {
        return "{'properties':{" + fields + "}}";
    }

    @Override
    public void close() {
        arm.close();
        simulator.close();
    }
}
