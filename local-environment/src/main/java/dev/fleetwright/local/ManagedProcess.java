package dev.fleetwright.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs beside this JVM, and that tests may take away: kill it, freeze it, start it again. It is only ever
 * signalled by its id, and only while the process with that id is the one that was started. What it prints goes to
 * {@code <name>.log} in its folder.
 */
public final class ManagedProcess {
    /** Ids are reused, but not within seconds; clocks are adjusted, but not by many. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final ClusterFolder folder;
    private final String name;
    private final Duration patience;
    private final Watcher.Leash leash;
    private @Nullable Watcher watcher;
    private Optional<ProcessHandle> program = Optional.empty();
    private boolean paused;

    ManagedProcess(ClusterFolder folder, String name, Duration patience, Watcher.Leash leash) {
        this.folder = folder;
        this.name = name;
        this.patience = patience;
        this.leash = leash;
    }

    /**
     * A process that has not been started yet.
     *
     * @param folder where it runs and logs; made when absent
     * @param name unique in the folder
     * @param patience how long it may take to end when asked to, before it is killed
     * @param detached true: it goes on when this JVM ends
     */
    public static ManagedProcess prepare(Path folder, String name, Duration patience, boolean detached) {
        return new ManagedProcess(
                ClusterFolder.open(folder), name, patience, detached ? Watcher.Leash.NONE : Watcher.Leash.PROGRAM);
    }

    /** The process that an earlier JVM started under this name, if it still lives. */
    public static ManagedProcess attach(Path folder, String name, Duration patience) {
        var process = prepare(folder, name, patience, true);
        process.program = process.recorded();
        return process;
    }

    static boolean known(ClusterFolder folder, String name) {
        return folder.has(name + ".args");
    }

    /** The command line and what is added to the environment, for this and every later start. */
    public void command(List<String> command, Map<String, String> environment) {
        folder.write(argumentsFile(), String.join("\n", command));
        folder.write(
                environmentFile(),
                environment.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n")));
    }

    /** Starts it with the command line of last time; returns before it is ready. Does nothing if it runs. */
    public synchronized void start() {
        if (isAlive()) {
            return;
        }
        List<String> command = folder.read(argumentsFile()).lines().toList();
        Map<String, String> environment = folder.read(environmentFile())
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        watcher = Watcher.start(command, environment, folder.path(), logFile(), leash);
        ProcessHandle started = watcher.program();
        folder.write(
                pidFile(),
                started.pid() + " "
                        + started.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
        program = Optional.of(started);
        paused = false;
    }

    public synchronized boolean isAlive() {
        return program.filter(ProcessHandle::isAlive).isPresent();
    }

    /** The id of the process, while it lives. */
    public synchronized Optional<Long> pid() {
        return program.filter(ProcessHandle::isAlive).map(ProcessHandle::pid);
    }

    public Path logFile() {
        return folder.file(name + ".log");
    }

    /** SIGKILL; returns when the process is gone. */
    public synchronized void kill() {
        program.ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(AFTER_KILL);
    }

    /** SIGSTOP: connections stay open and nothing answers. */
    public synchronized void pause() {
        signal("STOP");
        paused = true;
    }

    /** SIGCONT. */
    public synchronized void resume() {
        signal("CONT");
        paused = false;
    }

    /** Asks it to end, and kills it when its time is up; returns when it is gone. */
    public synchronized void stop() {
        askToEnd();
        if (!awaitEnd(patience)) {
            kill();
        }
        folder.remove(pidFile());
    }

    /** The first half of {@link #stop}, so that several can end at the same time. A paused process cannot answer. */
    synchronized void askToEnd() {
        if (paused) {
            kill();
        }
        program.ifPresent(ProcessHandle::destroy);
    }

    /** True once it has ended; waits for that at most this long. */
    synchronized boolean awaitEnd(Duration atMost) {
        try {
            if (program.isEmpty()) {
                return true;
            }
            if (watcher != null && leash != Watcher.Leash.NONE) {
                // The shell sees the end at once and reaps; a handle on someone else's child only polls.
                return watcher.shell().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            }
            program.get().onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String signal) {
        long pid = pid().orElseThrow(() -> new IllegalStateException(name + " is not running"));
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + code);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<ProcessHandle> recorded() {
        if (!folder.has(pidFile())) {
            return Optional.empty();
        }
        String[] record = folder.read(pidFile()).strip().split(" ", 2);
        Instant start = Instant.ofEpochMilli(Long.parseLong(record[1]));
        return ProcessHandle.of(Long.parseLong(record[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(seen -> Duration.between(start, seen).abs().compareTo(SAME_START) < 0)
                        .isPresent());
    }

    private String pidFile() {
        return name + ".pid";
    }

    private String argumentsFile() {
        return name + ".args";
    }

    private String environmentFile() {
        return name + ".env";
    }
}
