package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.controllers.azureaccess.Sent;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.util.function.BiFunction;

/** The four stages for a pool: the same for one that lives and one that goes, but for the decision. */
final class PoolLoop implements Loop<MachinePool, MachinePoolStatus, PoolObservation, PoolDecision, Sent> {
    private final PoolObserver observer;
    private final BiFunction<Pass<MachinePool, MachinePoolStatus>, PoolObservation, PoolDecision> plan;
    private final PoolActions actions;
    private final PoolReport report;

    PoolLoop(
            PoolObserver observer,
            BiFunction<Pass<MachinePool, MachinePoolStatus>, PoolObservation, PoolDecision> plan,
            PoolActions actions,
            PoolReport report) {
        this.observer = observer;
        this.plan = plan;
        this.actions = actions;
        this.report = report;
    }

    @Override
    public PoolObservation observe(Pass<MachinePool, MachinePoolStatus> pass) {
        return observer.observe(pass);
    }

    @Override
    public PoolDecision decide(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation observation) {
        return plan.apply(pass, observation);
    }

    @Override
    public Sent act(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation observation, PoolDecision decision) {
        return actions.act(pass, observation, decision);
    }

    @Override
    public Report<MachinePoolStatus> report(
            Pass<MachinePool, MachinePoolStatus> pass, PoolObservation observation, PoolDecision decision, Sent sent) {
        return report.of(pass, observation, decision, sent);
    }

    @Override
    public MachinePoolStatus observed(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation observation) {
        return PoolFacts.observed(pass.status(), observation);
    }
}
