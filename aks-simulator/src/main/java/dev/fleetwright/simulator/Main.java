package dev.fleetwright.simulator;

import dev.fleetwright.simulator.http.PublicCloud;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The simulator as a program: starts, says how to reach it, runs until it is told to end. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(CommandLine.usage());
            return;
        }
        SimulatorOptions options;
        try {
            options = CommandLine.read(arguments);
        } catch (CommandLine.Unreadable | IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println();
            System.err.println(CommandLine.usage());
            System.exit(2);
            return;
        }
        AksSimulator simulator = AksSimulator.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-shutdown"));
        System.out.println("# AKS simulator at " + simulator.endpoint() + ", files in " + options.folder());
        System.out.print(simulator.shell());
        System.out.println("# The same in a file: . " + options.folder().resolve("endpoint.env"));
        if (options.hostNames().containsAll(PublicCloud.NAMES)) {
            System.out.println("# For clients that know the public host names alone:");
            System.out.println("# export HTTPS_PROXY=" + simulator.endpoint().replaceFirst("^https:", "http:"));
        }
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
