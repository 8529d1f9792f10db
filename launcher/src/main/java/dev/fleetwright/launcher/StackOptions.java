package dev.fleetwright.launcher;

import java.nio.file.Path;
import java.util.List;

/**
 * How a stack is run.
 *
 * @param folder where all of it lives: logs, keys, kubeconfigs, process ids
 * @param detached true: it outlives this JVM, until it is attached to and closed
 * @param timeScale how many times faster than Azure the simulator runs; at least 1
 * @param arguments further arguments of the simulator
 */
public record StackOptions(Path folder, boolean detached, double timeScale, List<String> arguments) {
    /** 76 s of Azure, the published median for a scale-out, take 2 s. */
    public static final double DEMO_TIME_SCALE = 38;

    public StackOptions {
        arguments = List.copyOf(arguments);
    }

    public static StackOptions in(Path folder) {
        return new StackOptions(folder, false, DEMO_TIME_SCALE, List.of());
    }

    public StackOptions detach() {
        return new StackOptions(folder, true, timeScale, arguments);
    }
}
