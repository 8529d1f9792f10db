package dev.fleetwright.launcher;

import dev.fleetwright.local.ClusterOptions;
import dev.fleetwright.local.LocalCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole Fleetwright on this machine: a management cluster with the chart's CRDs and RBAC, the simulator, and the three
 * operators as processes of their own, each with its own service account.
 *
 * <pre>{@code
 * try (var stack = Stack.start(checkout, StackOptions.in(folder), screen)) { … }
 * }</pre>
 */
public final class Stack implements AutoCloseable {
    /** Namespace of the operators. */
    static final String NAMESPACE = "fleetwright-system";

    private final LocalCluster management;
    private final Simulator simulator;
    private final Map<Operator, OperatorProcess> operators;

    private Stack(LocalCluster management, Simulator simulator, Map<Operator, OperatorProcess> operators) {
        this.management = management;
        this.simulator = simulator;
        this.operators = operators;
    }

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @throws LauncherException when a part does not become ready; the message names its log
     */
    public static Stack start(Checkout checkout, StackOptions options, Screen screen) {
        Instant begin = Instant.now();
        screen.progress("management cluster", -1, "starting");
        var wanted = ClusterOptions.management("management").in(options.folder().resolve("management"));
        LocalCluster management = LocalCluster.start(options.detached() ? wanted.detach() : wanted);
        screen.done("management cluster", management.server(), Duration.between(begin, Instant.now()));
        Simulator simulator = null;
        Map<Operator, OperatorProcess> operators = new EnumMap<>(Operator.class);
        try {
            Instant next = Instant.now();
            screen.progress("AKS simulator", -1, "starting");
            simulator = Simulator.start(checkout, options);
            screen.done("AKS simulator", simulator.endpoint(), Duration.between(next, Instant.now()));
            Chart chart = installChart(checkout, options, management, simulator, screen);
            startOperators(checkout, options, management, simulator, chart, screen, operators);
            return new Stack(management, simulator, operators);
        } catch (RuntimeException e) {
            operators.values().forEach(OperatorProcess::stop);
            if (simulator != null) {
                simulator.close();
            }
            management.close();
            throw e;
        }
    }

    private static Chart installChart(
            Checkout checkout, StackOptions options, LocalCluster management, Simulator simulator, Screen screen) {
        Instant begin = Instant.now();
        screen.progress("chart", -1, "rendering and applying");
        Path values = options.folder().resolve("values.yaml");
        TextFile.write(values, ChartValues.of(simulator, options.timeScale()));
        Chart chart = Chart.render(management.client(), checkout.chart(), NAMESPACE, values);
        chart.install(management.client());
        screen.done("chart", "CRDs, service accounts and RBAC applied", Duration.between(begin, Instant.now()));
        return chart;
    }

    private static void startOperators(
            Checkout checkout,
            StackOptions options,
            LocalCluster management,
            Simulator simulator,
            Chart chart,
            Screen screen,
            Map<Operator, OperatorProcess> operators) {
        Instant begin = Instant.now();
        screen.progress("operators", 0, "starting");
        for (Operator operator : Operator.values()) {
            var process = OperatorProcess.prepare(checkout, options, operator, management, chart, simulator);
            operators.put(operator, process);
            process.start();
        }
        int ready = 0;
        for (OperatorProcess process : operators.values()) {
            process.awaitReady();
            screen.progress("operators", ++ready / 3.0, ready + "/3 ready");
        }
        screen.done(
                "operators",
                "three processes, each with its own service account",
                Duration.between(begin, Instant.now()));
    }

    /**
     * The stack that another JVM started detached in this folder. Closing it stops all of it.
     *
     * @throws LauncherException when none was started there
     */
    static Stack attach(Path folder) {
        if (!Files.isDirectory(folder.resolve("management"))) {
            throw new LauncherException("nothing runs here: ./fleetwright up starts it");
        }
        Map<Operator, OperatorProcess> operators = new EnumMap<>(Operator.class);
        for (Operator operator : Operator.values()) {
            operators.put(operator, OperatorProcess.attach(folder, operator));
        }
        return new Stack(LocalCluster.attach(folder.resolve("management")), Simulator.attach(folder), operators);
    }

    /** The administrator's client of the management cluster; it belongs to the stack. */
    public KubernetesClient client() {
        return management.client();
    }

    public LocalCluster management() {
        return management;
    }

    public Simulator simulator() {
        return simulator;
    }

    /** kubectl as the administrator of the management cluster. */
    public Kubectl kubectl() {
        return new Kubectl(management.kubeconfig(), management.folder());
    }

    /** The process of an operator, to kill it and start it again. */
    public OperatorProcess operator(Operator operator) {
        OperatorProcess process = operators.get(operator);
        if (process == null) {
            throw new IllegalStateException(operator + " was not started");
        }
        return process;
    }

    /** Every process of ours by name, whether it lives. */
    Map<String, Boolean> processes() {
        Map<String, Boolean> alive = new LinkedHashMap<>();
        alive.put("simulator", simulator.process().isAlive());
        operators.forEach((operator, process) ->
                alive.put(operator.module(), process.process().isAlive()));
        return alive;
    }

    /** Stops everything, the operators first; none of it is left when this returns. */
    @Override
    public void close() {
        operators.values().parallelStream().forEach(OperatorProcess::stop);
        simulator.close();
        management.close();
    }
}
