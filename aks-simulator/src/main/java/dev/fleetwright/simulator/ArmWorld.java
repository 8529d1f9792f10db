package dev.fleetwright.simulator;

import dev.fleetwright.simulator.aks.AksProvider;
import dev.fleetwright.simulator.arm.CustomRoles;
import dev.fleetwright.simulator.arm.FederatedCredentials;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.arm.OperationRoutes;
import dev.fleetwright.simulator.arm.Providers;
import dev.fleetwright.simulator.arm.ResourceGroups;
import dev.fleetwright.simulator.arm.ResourceLists;
import dev.fleetwright.simulator.arm.Rights;
import dev.fleetwright.simulator.arm.RoleAssignments;
import dev.fleetwright.simulator.arm.RoleDefinitions;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * ARM with its providers and their state, without sign-in and without a wire.
 *
 * @param state the whole of it, to be taken out and put back
 */
record ArmWorld(
        Subscriptions subscriptions,
        AksProvider aks,
        ResourceGroups groups,
        SimpleResources resources,
        SimulatorState state,
        Rights rights,
        List<Route> routes) {

    /** What a world is made of, beside its options. */
    record Parts(
            Timeline timeline,
            Durations durations,
            ClusterBackend backend,
            OperationFaults faults,
            RandomGenerator random) {}

    /**
     * Makes the world as it was left, or anew when nothing was. {@link SimulatorState#resume} sets it to work.
     *
     * @param journal has the former state in it already
     */
    static ArmWorld of(SimulatorOptions options, Parts parts, Journal journal, Collection<Entry> former) {
        Timeline timeline = parts.timeline();
        var subscriptions = new Subscriptions(options.subscriptions(), timeline);
        var resources = new SimpleResources(subscriptions, options.regions());
        var settings =
                new AksProvider.Settings(options.regions(), options.versions(), options.quotas(), options.behaviours());
        var aks = new AksProvider(
                subscriptions, settings, timeline, parts.durations(), parts.backend(), parts.faults(), parts.random());
        var groups = new ResourceGroups(subscriptions, options.regions(), timeline, parts.durations());
        var state = new SimulatorState(subscriptions, aks, groups);
        state.replace(former);
        subscriptions.keepIn(journal);
        options.registries().forEach(resources::preset);
        var routes = new ArrayList<Route>();
        routes.addAll(aks.routes());
        routes.addAll(subscriptions.routes());
        routes.addAll(groups.routes());
        routes.addAll(resources.routes());
        routes.addAll(new FederatedCredentials(subscriptions).routes());
        var roles = new RoleDefinitions(subscriptions);
        var rights = new Rights(roles, timeline, options.behaviours().seconds(Behaviour.ROLE_ASSIGNMENT_EFFECT));
        routes.addAll(roles.routes());
        routes.addAll(new CustomRoles(subscriptions, roles, timeline).routes());
        routes.addAll(new RoleAssignments(subscriptions, timeline, options.principals(), roles, options.behaviours())
                .routes());
        routes.addAll(new Providers(options.regions(), subscriptions).routes());
        routes.addAll(new ResourceLists(subscriptions).routes());
        routes.addAll(new OperationRoutes(subscriptions, timeline, options.behaviours()).routes());
        return new ArmWorld(subscriptions, aks, groups, resources, state, rights, List.copyOf(routes));
    }
}
