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

    /** How long it may take to end by itself before it is killed. */
    Duration patience() {
        return patience;
    }
}
