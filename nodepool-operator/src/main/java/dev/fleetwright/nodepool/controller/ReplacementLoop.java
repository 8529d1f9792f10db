package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import dev.fleetwright.nodepool.cluster.FleetActions;
import dev.fleetwright.nodepool.cluster.WorkloadActions;
import dev.fleetwright.nodepool.controller.ReplacementObserver.Seen;
import dev.fleetwright.nodepool.replacement.Actions;
import dev.fleetwright.nodepool.replacement.Bookkeeping;
import dev.fleetwright.nodepool.replacement.Bookkeeping.Books;
import dev.fleetwright.nodepool.replacement.Decision;
import dev.fleetwright.nodepool.replacement.Outcome;
import dev.fleetwright.nodepool.replacement.ReplacementMachine;
import dev.fleetwright.nodepool.replacement.Step;
import dev.fleetwright.nodepool.replacement.StepRunner;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** One pass over a replacement. */
final class ReplacementLoop implements Loop<NodepoolReplacement, NodepoolReplacementStatus, Seen, Decision, Books> {
    private final ReplacementObserver observer;
    private final StepRunner runner;
    private final KubernetesClient client;
    private final EventRecorder events;
    private final DrainMetrics metrics;

    ReplacementLoop(
            ReplacementObserver observer,
            StepRunner runner,
            KubernetesClient client,
            EventRecorder events,
            DrainMetrics metrics) {
        this.observer = observer;
        this.runner = runner;
        this.client = client;
        this.events = events;
        this.metrics = metrics;
    }

    @Override
    public Seen observe(Pass<NodepoolReplacement, NodepoolReplacementStatus> pass) {
        return observer.observe(pass);
    }

    @Override
    public Decision decide(Pass<NodepoolReplacement, NodepoolReplacementStatus> pass, Seen seen) {
        return ReplacementMachine.decide(seen.observation());
    }

    @Override
    public Books act(Pass<NodepoolReplacement, NodepoolReplacementStatus> pass, Seen seen, Decision decision) {
        var fleet = new FleetActions(client, pass.key().namespace(), seen.cluster());
        Optional<Actions.Cluster> workload = seen.workload().map(WorkloadActions::new);
        Outcome outcome = runner.run(seen.observation(), decision.step(), fleet, workload);
        Books books = Bookkeeping.after(seen.observation(), decision, outcome);
        observer.remember(pass.resource(), books.memory(), books.status().result() != null);
        metrics.count(decision, outcome);
        tell(pass, seen, decision.step());
        return books;
    }

    @Override
    public Report<NodepoolReplacementStatus> report(
            Pass<NodepoolReplacement, NodepoolReplacementStatus> pass, Seen seen, Decision decision, Books books) {
        return ReplacementReport.of(pass, decision, books.status());
    }

    private void tell(Pass<NodepoolReplacement, NodepoolReplacementStatus> pass, Seen seen, Step step) {
        String name = pass.resource().getMetadata().getName();
        switch (step) {
            case Step.Enter(var phase) ->
                seen.nodepool().ifPresent(n -> events.normal(n, phase.text(), name + ": " + phase.text()));
            case Step.Finish(var phase, String result, String message) ->
                seen.nodepool().ifPresent(n -> events.normal(n, "Replacement" + result, name + ": " + message));
            case Step.DeleteSource(var source) ->
                seen.nodepool()
                        .ifPresent(n -> events.normal(
                                n,
                                "DeletingPool",
                                name + ": deleting drained pool "
                                        + source.getSpec().name()));
            default -> {}
        }
    }
}
