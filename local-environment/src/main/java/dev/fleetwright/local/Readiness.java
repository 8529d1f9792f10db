package dev.fleetwright.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waits for what a component does, as long as its process lives and for a bounded time. */
final class Readiness {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int LOG_LINES = 15;

    private final KubernetesClient probe;
    private final ManagedProcess apiServer;

    Readiness(KubernetesClient probe, ManagedProcess apiServer) {
        this.probe = probe;
        this.apiServer = apiServer;
    }

    void awaitApiServer(Duration atMost) {
        await("the API server", apiServer, atMost, () -> probe.raw("/readyz") != null);
    }

    /** The controllers run once the first of them has made its object. */
    void awaitControllers(ManagedProcess controllerManager, Duration atMost) {
        await(
                "the controller-manager",
                controllerManager,
                atMost,
                () -> probe.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null);
    }

    /** @throws IllegalStateException with the end of the log, if the process ends or the time is up */
    static void await(String what, ManagedProcess process, Duration atMost, BooleanSupplier ready) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!holds(ready)) {
            if (process.awaitEnd(POLL)) {
                throw new IllegalStateException(what + " ended while starting:\n" + logTail(process));
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        what + " was not ready after " + atMost.toSeconds() + " s:\n" + logTail(process));
            }
        }
    }

    private static boolean holds(BooleanSupplier ready) {
        try {
            return ready.getAsBoolean();
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    static String logTail(ManagedProcess process) {
        try {
            List<String> lines = Files.readAllLines(process.logFile());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException | UncheckedIOException unreadable) {
            return "(no log in " + process.logFile() + ")";
        }
    }
}
