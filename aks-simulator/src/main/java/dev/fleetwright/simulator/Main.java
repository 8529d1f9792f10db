package dev.fleetwright.simulator;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The simulator as a program: starts, says how to reach it, runs until it is told to end. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
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
        simulator.environment().forEach((name, value) -> System.out.println("export " + name + "='" + value + "'"));
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
