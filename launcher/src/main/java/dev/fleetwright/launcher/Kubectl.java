package dev.fleetwright.launcher;

import dev.fleetwright.local.binaries.KubernetesBinaries;
import dev.fleetwright.local.binaries.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** kubectl, as a person would use it. */
public final class Kubectl {
    private final Path kubeconfig;

    /** @param folder where the kubeconfig is written, as kubectl reads it from a file */
    Kubectl(String kubeconfig, Path folder) {
        this.kubeconfig = folder.resolve("kubectl.kubeconfig");
        TextFile.write(this.kubeconfig, kubeconfig);
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    public void apply(Path path) {
        run("apply", "-f", path.toString());
    }

    /**
     * Runs one command and returns what it printed.
     *
     * @throws LauncherException when it ends with an error; the message is kubectl's
     */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(KubernetesBinaries.resolve().path(Program.KUBECTL).toString());
        command.add("--kubeconfig=" + kubeconfig);
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new LauncherException("kubectl " + String.join(" ", arguments) + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new LauncherException("kubectl does not run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }
}
