package dev.fleetwright.launcher;

/** The three operators: the module that holds each, and where it starts. */
public enum Operator {
    CONTROLLERS("controllers", "dev.fleetwright.controllers.ControllersMain"),
    COMPANION("companion-operator", "dev.fleetwright.companion.CompanionMain"),
    NODEPOOL("nodepool-operator", "dev.fleetwright.nodepool.NodepoolMain");

    private final String module;
    private final String mainClass;

    Operator(String module, String mainClass) {
        this.module = module;
        this.mainClass = mainClass;
    }

    /** Name of the module, and of the component in the chart. */
    public String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }
}
