package dev.fleetwright.e2e;

import dev.fleetwright.launcher.Checkout;
import dev.fleetwright.launcher.Screen;
import dev.fleetwright.launcher.Stack;
import dev.fleetwright.launcher.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The stacks of the end-to-end tests of this JVM, each started when it is first asked for; they end with the JVM, however
 * that ends.
 */
final class TheStack {
    private static final Checkout CHECKOUT = Checkout.around(Path.of("").toAbsolutePath());

    private TheStack() {}

    /** The one that tests share, each with a fleet of its own; nobody harms its processes. */
    static Stack get() {
        return Shared.STACK;
    }

    /** The one whose processes may be killed. */
    static Stack ofVictims() {
        return Victims.STACK;
    }

    private static final class Shared {
        private static final Stack STACK = start("stack");
    }

    private static final class Victims {
        private static final Stack STACK = start("victims");
    }

    static Checkout checkout() {
        return CHECKOUT;
    }

    private static Stack start(String name) {
        try {
            Path folder = CHECKOUT.root().resolve("e2e-tests/target").resolve(name);
            deleteOld(folder);
            var options = new StackOptions(
                    folder, false, StackOptions.DEMO_TIME_SCALE, List.of("--quota", "standardFSv2Family=8"));
            Stack stack = Stack.start(CHECKOUT, options, Screen.forStandardOutput());
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteOld(Path folder) throws IOException {
        if (java.nio.file.Files.isDirectory(folder)) {
            try (var tree = java.nio.file.Files.walk(folder)) {
                tree.sorted(java.util.Comparator.reverseOrder())
                        .forEach(f -> f.toFile().delete());
            }
        }
    }
}
