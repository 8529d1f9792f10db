package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.controllers.azureaccess.Sent;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.util.function.BiFunction;

/** The four stages for a control plane: the same for one that lives and one that goes, but for the decision. */
final class ControlPlaneLoop
        implements Loop<
                ManagedControlPlane, ManagedControlPlaneStatus, ControlPlaneObservation, ControlPlaneDecision, Sent> {
    private final ControlPlaneObserver observer;
    private final BiFunction<
                    Pass<ManagedControlPlane, ManagedControlPlaneStatus>, ControlPlaneObservation, ControlPlaneDecision>
            plan;
    private final ControlPlaneActions actions;
    private final ControlPlaneReport report;

    ControlPlaneLoop(
            ControlPlaneObserver observer,
            BiFunction<
                            Pass<ManagedControlPlane, ManagedControlPlaneStatus>,
                            ControlPlaneObservation,
                            ControlPlaneDecision>
                    plan,
            ControlPlaneActions actions,
            ControlPlaneReport report) {
        this.observer = observer;
        this.plan = plan;
        this.actions = actions;
        this.report = report;
    }

    @Override
    public ControlPlaneObservation observe(Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass) {
        return observer.observe(pass);
    }

    @Override
    public ControlPlaneDecision decide(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation observation) {
        return plan.apply(pass, observation);
    }

    @Override
    public Sent act(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ControlPlaneObservation observation,
            ControlPlaneDecision decision) {
        return actions.act(pass, observation, decision);
    }

    @Override
    public Report<ManagedControlPlaneStatus> report(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ControlPlaneObservation observation,
            ControlPlaneDecision decision,
            Sent sent) {
        return report.of(pass, observation, decision, sent);
    }

    @Override
    public ManagedControlPlaneStatus observed(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation observation) {
        return ControlPlaneFacts.observed(pass.status(), observation, pass.uid());
    }
}
