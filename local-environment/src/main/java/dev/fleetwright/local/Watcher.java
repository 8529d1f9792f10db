package dev.fleetwright.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a program so that it cannot outlive this JVM, however this JVM ends.
 *
 * <p>Between the two stands a shell whose standard input is a pipe that only this JVM holds open. The kernel closes the
 * pipe when the JVM dies, even by SIGKILL; the shell reads the end of file and kills the program, by its id. Works
 * without root on Linux and macOS. Where the machine has {@code setsid}, shell and program are also out of reach of a Ctrl-C
 * at the terminal and of a signal to the whole process group of this JVM: an orderly stop stays orderly, and the shell is
 * still there when the JVM was killed in the middle of one.
 */
final class Watcher {
    /**
     * Arguments: a folder to delete after the death of this JVM, or nothing; the log file; the command. Prints the id of
     * the program; ends with the program's exit code.
     */
    private static final String ATTACHED = """
        rubbish=$1; log=$2; shift 2
        trap : INT HUP TERM
        exec 3<&0
        $(command -v setsid) "$@" </dev/null >>"$log" 2>&1 3<&- &
        child=$!
        ( trap '' INT HUP TERM; read -r end <&3; trap '' USR1; kill -9 "$child"
          if [ -n "$rubbish" ]; then sleep 1; rm -rf "$rubbish"; fi ) >/dev/null 2>&1 &
        reader=$!
        exec 3<&-
        echo "$child"
        exec >&-
        wait "$child"; code=$?
        while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
        kill -USR1 "$reader" 2>/dev/null
        exit $code
        """;

    /** Runs the script in a session of its own, where the machine can. */
    private static final String APART = "exec $(command -v setsid) /bin/sh -c \"$@\"";

    /** The same without the leash: the program goes on when both the shell and this JVM have ended. */
    private static final String DETACHED = """
        log=$2; shift 2
        $(command -v setsid || command -v nohup) "$@" </dev/null >>"$log" 2>&1 &
        echo $!
        """;

    /** What ends with this JVM. */
    enum Leash {
        NONE,
        PROGRAM,
        /** The program, and the folder in which it ran. */
        AND_FOLDER
    }

    private final ProcessHandle program;
    private final Process shell; // holds the pipe: while this is reachable, the program may live

    private Watcher(ProcessHandle program, Process shell) {
        this.program = program;
        this.shell = shell;
    }

    /** @throws UncheckedIOException if there is no shell, or the program ended at once */
    static Watcher start(List<String> command, Map<String, String> environment, Path folder, Path log, Leash leash) {
        String script = leash == Leash.NONE ? DETACHED : ATTACHED;
        var shell = new ArrayList<String>(List.of("/bin/sh", "-c", APART, "watcher", script, "watcher"));
        shell.add(leash == Leash.AND_FOLDER ? folder.toString() : "");
        shell.add(log.toString());
        shell.addAll(command);
        var builder = new ProcessBuilder(shell)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().putAll(environment);
        try {
            Process watcher = builder.start();
            String pid = watcher.inputReader().readLine();
            if (pid == null) {
                throw new IOException("the shell printed no process id");
            }
            ProcessHandle program = ProcessHandle.of(Long.parseLong(pid))
                    .orElseThrow(() -> new IOException(command.getFirst() + " ended at once; see " + log));
            return new Watcher(program, watcher);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), failure);
        }
    }

    ProcessHandle program() {
        return program;
    }

    /** The shell of an attached program ends with it; that of a detached one has ended long before. */
    Process shell() {
        return shell;
    }
}
