package dev.fleetwright.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.local.Watcher.Leash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {
    @TempDir
    private Path folder;

    private Watcher watcher;

    @AfterEach
    void endProgram() {
        watcher.program().destroyForcibly();
    }

    @Test
    void theProgramEndsWhenThePipeFromThisJvmCloses() throws Exception {
        watcher = start(Leash.PROGRAM, "sleep", "600");

        watcher.shell().getOutputStream().close(); // what the kernel does when a JVM dies

        assertThat(watcher.shell().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.program().isAlive()).isFalse();
        assertThat(folder).exists();
    }

    @Test
    void aProgramThatIsFrozenEndsAllTheSame() throws Exception {
        watcher = start(Leash.PROGRAM, "sh", "-c", "kill -STOP $$; sleep 600");

        watcher.shell().getOutputStream().close();

        assertThat(watcher.shell().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.program().isAlive()).isFalse();
    }

    /** What a supervisor does that ends this JVM with everything it started, and is impatient. */
    @Test
    void aSignalToEverythingAroundTheProgramDoesNotUnleashIt() throws Exception {
        watcher = start(Leash.PROGRAM, "sleep", "600");
        List<ProcessHandle> around = Stream.concat(
                        Stream.of(watcher.shell().toHandle()), watcher.shell().descendants())
                .filter(process -> process.pid() != watcher.program().pid())
                .toList();
        assertThat(around).hasSizeGreaterThanOrEqualTo(2);
        around.forEach(ProcessHandle::destroy);

        watcher.shell().getOutputStream().close();

        assertThat(watcher.program().onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aThrowAwayFolderGoesWithTheProgram() throws Exception {
        watcher = start(Leash.AND_FOLDER, "sleep", "600");

        watcher.shell().getOutputStream().close();

        await().until(() -> Files.notExists(folder));
        Files.createDirectories(folder);
    }

    @Test
    void theShellEndsWithTheProgramAndTheFolderStays() throws Exception {
        watcher = start(Leash.AND_FOLDER, "sh", "-c", "echo said; exit 3");

        assertThat(watcher.shell().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("log")).hasContent("said");
        assertThat(watcher.shell().exitValue()).isEqualTo(3);
    }

    @Test
    void aDetachedProgramOutlivesItsShell() throws Exception {
        watcher = start(Leash.NONE, "sleep", "600");

        assertThat(watcher.shell().waitFor(10, TimeUnit.SECONDS)).isTrue();
        watcher.shell().getOutputStream().close();

        assertThat(watcher.program().isAlive()).isTrue();
    }

    private Watcher start(Leash leash, String... command) throws IOException {
        return Watcher.start(List.of(command), Map.of(), folder, folder.resolve("log"), leash);
    }
}
