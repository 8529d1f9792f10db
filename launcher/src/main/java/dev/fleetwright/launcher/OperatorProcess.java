package dev.fleetwright.launcher;

import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.local.ManagedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One operator as a process, with the service account and the environment that the chart gives it. */
public final class OperatorProcess {
    /** A drain of reconciles in flight takes up to 20 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(30);

    private final String name;
    private final ManagedProcess process;
    private final URI readiness;

    private OperatorProcess(String name, ManagedProcess process, URI readiness) {
        this.name = name;
        this.process = process;
        this.readiness = readiness;
    }

    static OperatorProcess prepare(
            Checkout checkout,
            StackOptions options,
            Operator operator,
            LocalCluster management,
            Chart chart,
            Simulator simulator) {
        Path folder = folder(options.folder(), operator);
        Path kubeconfig = folder.resolve("kubeconfig");
        TextFile.write(
                kubeconfig,
                management.serviceAccountKubeconfig(Stack.NAMESPACE, chart.serviceAccount(operator), TOKEN_LIFETIME));
        Map<String, String> environment = new TreeMap<>(chart.environment(operator));
        environment.computeIfPresent(
                "AZURE_CA_BUNDLE", (name, mounted) -> simulator.caBundle().toString());
        environment.put("KUBECONFIG", kubeconfig.toString());
        String address = InetAddress.getLoopbackAddress().getHostAddress() + ":" + freePort();
        environment.put("FLEETWRIGHT_HTTP_ADDRESS", address);
        // in a cluster the pod's name
        environment.put("FLEETWRIGHT_INSTANCE", operator.module() + "-0");
        TextFile.write(folder.resolve("address"), address);
        var process = ManagedProcess.prepare(folder, operator.module(), PATIENCE, options.detached());
        process.command(
                checkout.java(operator.module(), operator.mainClass(), List.of("-Xmx256m"), List.of()), environment);
        return new OperatorProcess(operator.module(), process, readiness(address));
    }

    static OperatorProcess attach(Path stack, Operator operator) {
        Path folder = folder(stack, operator);
        return new OperatorProcess(
                operator.module(),
                ManagedProcess.attach(folder, operator.module(), PATIENCE),
                readiness(TextFile.read(folder.resolve("address"))));
    }

    public ManagedProcess process() {
        return process;
    }

    /** Starts it; returns before it is ready. */
    public void start() {
        process.start();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    void stop() {
        process.stop();
    }

    /**
     * Returns when the process says that it is ready.
     *
     * @throws LauncherException when it ends, or is not ready in two minutes
     */
    public void awaitReady() {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            var request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            while (!isReady(http, request)) {
                if (!process.isAlive()) {
                    throw new LauncherException(name + " ended at once; see " + process.logFile());
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new LauncherException(
                            name + " is not ready after " + Text.seconds(READY_WITHIN) + "; see " + process.logFile());
                }
                Pause.of(BETWEEN_LOOKS);
            }
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }

    private static URI readiness(String address) {
        return URI.create("http://" + address + "/readyz");
    }

    private static Path folder(Path stack, Operator operator) {
        return stack.resolve("operators").resolve(operator.module());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LauncherException("no free port", e);
        }
    }
}
