package dev.fleetwright.local;

import dev.fleetwright.local.binaries.Program;
import java.time.Duration;

/** The processes of a cluster, in the order in which they start; they stop in the opposite order. */
public enum Component {
    ETCD(Program.ETCD, Duration.ofSeconds(5)),
    /** Needs etcd even to end: without it SIGTERM is not enough. */
    API_SERVER(Program.KUBE_APISERVER, Duration.ofSeconds(8)),
    CONTROLLER_MANAGER(Program.KUBE_CONTROLLER_MANAGER, Duration.ofSeconds(3)),
    SCHEDULER(Program.KUBE_SCHEDULER, Duration.ofSeconds(3)),
    KWOK(Program.KWOK, Duration.ofSeconds(3));

    private final Program program;
    private final Duration patience;

    Component(Program program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    Program program() {
        return program;
    }

    /** A process of this kind in the folder of a cluster, not yet started. */
    ManagedProcess process(ClusterFolder folder, Watcher.Leash leash) {
        return new ManagedProcess(folder, program.fileName(), patience, leash);
    }

    /** The process that an earlier JVM started there, if it still lives. */
    ManagedProcess attached(ClusterFolder folder) {
        return ManagedProcess.attach(folder.path(), program.fileName(), patience);
    }
}
