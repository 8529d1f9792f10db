package dev.fleetwright.local.binaries;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Binaries built once per version, outside any checkout. A file appears under its final name only when it is whole, so
 * a build that was killed leaves nothing that looks finished; builders in several processes wait for one another.
 */
final class BinaryCache {
    static final String KWOK_STAGES = "kwok-stages";

    private final GoModule kubernetes = GoModule.shipped("kubernetes");
    private final GoModule kwok = GoModule.shipped("kwok");
    private final Path folder;
    private final GoToolchain go;

    BinaryCache(Path root, GoToolchain go) {
        this.folder = root.resolve("kubernetes-%s-etcd-%s-kwok-%s"
                .formatted(kubernetes.version(), GoModule.shipped("etcd").version(), kwok.version()));
        this.go = go;
    }

    /** Builds what is missing and returns the folder. */
    Path fill(Consumer<String> progress) {
        // A file lock holds off other processes; a second thread of this one it would not hold off but refuse.
        synchronized (BinaryCache.class) {
            return complete() ? folder : fillAlone(progress);
        }
    }

    private Path fillAlone(Consumer<String> progress) {
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel, progress)) {
                if (!complete() && lock.isValid()) {
                    build(progress);
                }
            }
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot fill " + folder, failure);
        }
    }

    private boolean complete() {
        return missing().isEmpty() && Files.isDirectory(folder.resolve(KWOK_STAGES));
    }

    private List<Program> missing() {
        return Arrays.stream(Program.values())
                .filter(program -> !Files.isExecutable(folder.resolve(program.fileName())))
                .toList();
    }

    private static FileLock lock(FileChannel channel, Consumer<String> progress) throws IOException {
        FileLock free = channel.tryLock();
        if (free != null) {
            return free;
        }
        progress.accept("Another process is building the Kubernetes binaries; waiting for it");
        return channel.lock();
    }

    private void build(Consumer<String> progress) throws IOException {
        Path work = folder.resolve(".building");
        delete(work); // what a killed build left behind
        for (String module : List.of("etcd", "kubernetes", "kwok")) {
            GoModule.unpack(module, module(work, module));
        }
        go.check(module(work, "kubernetes"), folder.toString());
        List<Program> missing = missing();
        for (Program program : missing) {
            progress.accept("Building %s with Go (%d of %d; once, kept in %s)"
                    .formatted(program.fileName(), missing.indexOf(program) + 1, missing.size(), folder));
            Instant start = Instant.now();
            Path output = work.resolve(program.fileName());
            go.build(module(work, program.module()), program.goPackage(), linkerFlags(program), output, progress);
            Files.move(output, folder.resolve(program.fileName()), ATOMIC_MOVE);
            progress.accept("  %s built in %d s"
                    .formatted(
                            program.fileName(),
                            Duration.between(start, Instant.now()).toSeconds()));
        }
        copyStages(work);
        delete(work);
    }

    private void copyStages(Path work) throws IOException {
        if (Files.isDirectory(folder.resolve(KWOK_STAGES))) {
            return;
        }
        Path source = go.sources(module(work, "kwok"), kwok.subject()).resolve("kustomize/stage");
        Path copy = work.resolve(KWOK_STAGES);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.toString().contains("testdata"))::iterator) {
                Path target = copy.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                // Streamed, not copied: the module cache is read-only and its modes would come along.
                Files.write(target, Files.readAllBytes(file));
            }
        }
        Files.move(copy, folder.resolve(KWOK_STAGES), ATOMIC_MOVE);
    }

    /** Without the version a server calls itself v0.0.0-master, and clients that compare versions misbehave. */
    private String linkerFlags(Program program) {
        if (!program.module().equals("kubernetes")) {
            return "-s -w";
        }
        String[] numbers = kubernetes.version().substring(1).split("\\.", -1);
        String variable = " -X k8s.io/component-base/version.git";
        return "-s -w" + variable + "Version=" + kubernetes.version() + variable + "Major=" + numbers[0] + variable
                + "Minor=" + numbers[1];
    }

    /** Apart from the outputs, since a module and its program may have the same name. */
    private static Path module(Path work, String name) {
        return work.resolve("modules").resolve(name);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
