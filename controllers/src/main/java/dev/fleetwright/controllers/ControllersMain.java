package dev.fleetwright.controllers;

import dev.fleetwright.core.process.OperatorProcess;

/** Starts the operator; everything it is told comes from its environment. */
public final class ControllersMain {
    private static final String NAME = "fleetwright-controllers";

    private ControllersMain() {}

    public static void main(String[] args) {
        OperatorProcess.run(NAME, ControllersMain.class, process -> ControllersWiring.wire(process, System.getenv()));
    }
}
