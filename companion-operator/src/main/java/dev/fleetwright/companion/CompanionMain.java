package dev.fleetwright.companion;

import dev.fleetwright.core.process.OperatorProcess;

/** The companion operator as a process, configured by its environment alone. */
public final class CompanionMain {
    /** Name of the operator: user agent, field manager, lease, event source. */
    public static final String NAME = "fleetwright-companion-operator";

    private CompanionMain() {}

    public static void main(String[] arguments) {
        OperatorProcess.run(NAME, CompanionMain.class, process -> Companion.wire(process, System.getenv()));
    }
}
