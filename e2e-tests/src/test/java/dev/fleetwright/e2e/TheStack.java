package dev.fleetwright.e2e;

import dev.fleetwright.launcher.Checkout;
import dev.fleetwright.launcher.Screen;
import dev.fleetwright.launcher.Stack;
import dev.fleetwright.launcher.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** One stack for all end-to-end tests of this JVM; it ends with the JVM, however that ends. */
final class TheStack {
    /** The resource of whoever kills operators, or counts on nobody killing them. */
    static final String OPERATORS = "operators";

    private static final Checkout CHECKOUT = Checkout.around(Path.of("").toAbsolutePath());
    private static final Stack STACK = start();

    private TheStack() {}

    static Stack get() {
        return STACK;
    }

    static Checkout checkout() {
        return CHECKOUT;
    }

    private static Stack start() {
        try {
            Path folder = CHECKOUT.root().resolve("e2e-tests/target/stack");
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
