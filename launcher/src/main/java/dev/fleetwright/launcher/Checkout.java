package dev.fleetwright.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A checkout of Fleetwright whose modules have been built. */
public record Checkout(Path root) {
    /** Name of the folder, below the root, that holds everything a running stack writes. */
    static final String STATE = ".fleetwright";

    /**
     * The checkout around a folder: the nearest parent that holds the chart.
     *
     * @throws LauncherException when there is none
     */
    public static Checkout around(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("helm/fleetwright/Chart.yaml"))) {
                return new Checkout(at);
            }
        }
        throw new LauncherException("not inside a Fleetwright checkout: " + folder);
    }

    public Path chart() {
        return root.resolve("helm/fleetwright");
    }

    public Path examples() {
        return root.resolve("examples");
    }

    public Path state() {
        return root.resolve(STATE);
    }

    /**
     * The command that runs a main class of a module in a JVM of its own: the module's thin jar and its libraries.
     *
     * @param jvmOptions further options of that JVM
     * @throws LauncherException when the module has not been built
     */
    List<String> java(String module, String mainClass, List<String> jvmOptions, List<String> arguments) {
        Path target = root.resolve(module).resolve("target");
        String classPath = jarOf(module, target) + java.io.File.pathSeparator + target.resolve("lib") + "/*";
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
                        jvmOptions.stream(),
                        Stream.of("-cp", classPath, mainClass),
                        arguments.stream())
                .flatMap(s -> s)
                .toList();
    }

    private static Path jarOf(String module, Path target) {
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(f -> f.getFileName().toString().matches(module + "-[0-9][^/]*(?<!-tests)\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new LauncherException(module + " has not been built; run: mvn -DskipTests package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
