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
import org.jspecify.annotations.Nullable;

/**
 * One process of a cluster, for tests that take it away: kill it, freeze it, start it again. It is only ever signalled by
 * its id, and only while the process with that id is the one that was started.
 */
public final class ComponentProcess {
    /** Ids are reused, but not within seconds; clocks are adjusted, but not by many. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final Component component;
    private final ClusterFolder folder;
    private final Watcher.Leash leash;
    private @Nullable Watcher watcher;
    private Optional<ProcessHandle> program = Optional.empty();
    private boolean paused;

    ComponentProcess(Component component, ClusterFolder folder, Watcher.Leash leash) {
        this.component = component;
        this.folder = folder;
        this.leash = leash;
    }

    /** Finds the process that an earlier JVM started, if it still lives. */
    static ComponentProcess attached(Component component, ClusterFolder folder) {
        var process = new ComponentProcess(component, folder, Watcher.Leash.NONE);
        process.program = process.recorded();
        return process;
    }

    static boolean known(Component component, ClusterFolder folder) {
        return folder.has(argumentsFile(component));
    }

    /** The command line for this and every later start. */
    void command(List<String> command) {
        folder.write(argumentsFile(component), String.join("\n", command));
    }

    /** Starts it with the command line of last time; returns before it is ready. Does nothing if it runs. */
    public synchronized void start() {
        if (isAlive()) {
            return;
        }
        List<String> command = folder.read(argumentsFile(component)).lines().toList();
        // kwok insists on a home that it can write to.
        var environment = Map.of("HOME", folder.path().toString());
        watcher = Watcher.start(command, environment, folder.path(), logFile(), leash);
        ProcessHandle started = watcher.program();
        folder.write(
                pidFile(component),
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
        return folder.log(component);
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
        if (!awaitEnd(component.patience())) {
            kill();
        }
        folder.remove(pidFile(component));
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

    private void signal(String name) {
        long pid = pid().orElseThrow(() -> new IllegalStateException(component + " is not running"));
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + code);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<ProcessHandle> recorded() {
        if (!folder.has(pidFile(component))) {
            return Optional.empty();
        }
        String[] record = folder.read(pidFile(component)).strip().split(" ", 2);
        Instant start = Instant.ofEpochMilli(Long.parseLong(record[1]));
        return ProcessHandle.of(Long.parseLong(record[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(seen -> Duration.between(start, seen).abs().compareTo(SAME_START) < 0)
                        .isPresent());
    }

    private static String pidFile(Component component) {
        return component.program().fileName() + ".pid";
    }

    private static String argumentsFile(Component component) {
        return component.program().fileName() + ".args";
    }
}
