package dev.fleetwright.nodepool;

import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.nodepool.controller.NodepoolControllers;

/** The nodepool-operator as a process, configured by environment variables alone. */
public final class NodepoolMain {
    private NodepoolMain() {}

    public static void main(String[] args) {
        OperatorProcess.run("fleetwright-nodepool-operator", NodepoolMain.class, NodepoolControllers::wire);
    }
}
