package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.model.PoolDocuments;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.aks.rules.PoolAdmission;
import dev.fleetwright.simulator.aks.rules.PoolRules;
import dev.fleetwright.simulator.aks.rules.Preconditions;
import dev.fleetwright.simulator.aks.work.OperationLock;
import dev.fleetwright.simulator.aks.work.PoolWork;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Create, change, read, list, delete and abort of agent pools; their machines. */
final class PoolRoutes {
    private static final int PAGE = 100;
    private static final List<String> TERMINAL = List.of("Succeeded", "Failed", "Canceled");

    private static final String TYPE = "AgentPool";

    private final Directory directory;
    private final Surface surface;
    private final PoolAdmission admission;
    private final OperationLock lock;
    private final PoolWork work;
    private final Behaviours behaviours;
    private final Preconditions preconditions;

    PoolRoutes(
            Directory directory,
            Surface surface,
            PoolAdmission admission,
            OperationLock lock,
            PoolWork work,
            Behaviours behaviours) {
        this.directory = directory;
        this.surface = surface;
        this.behaviours = behaviours;
        this.preconditions = new Preconditions(behaviours);
        this.admission = admission;
        this.lock = lock;
        this.work = work;
    }

    List<Route> routes() {
        String machines = Directory.POOL + "/machines";
        return List.of(
                new Route(
                        "PUT",
                        Directory.POOL,
                        "put agent pool",
                        "P-ap",
                        surface.giving(TYPE, surface.taking(TYPE, this::put))),
                new Route("GET", Directory.POOL, "get agent pool", "X", surface.giving(TYPE, this::get)),
                new Route(
                        "GET",
                        Directory.POOLS,
                        "list agent pools",
                        "X",
                        surface.giving("AgentPoolListResult", this::list)),
                new Route("DELETE", Directory.POOL, "delete agent pool", "X", surface.enveloped(this::delete)),
                new Route("POST", Directory.POOL + "/abort", "abort agent pool", "X", surface.enveloped(this::abort)),
                new Route(
                        "POST",
                        Directory.POOL + "/deleteMachines",
                        "delete machines",
                        "X",
                        surface.enveloped(surface.taking("AgentPoolDeleteMachinesParameter", this::deleteMachines))),
                new Route("GET", machines, "list machines", "X", surface.giving("MachineListResult", this::machines)),
                new Route(
                        "GET", machines + "/{machine}", "get machine", "X", surface.giving("Machine", this::machine)));
    }

    private Reply put(Call call) {
        Subscription subscription = directory.subscription(call);
        JsonNode properties = call.json().path("properties");
        return subscription.locked(() -> {
            // as for every resource: nothing is made or changed in a group that goes
            subscription.openGroup(call.variable("rg"));
            ManagedCluster cluster = directory.parent(call);
            String name = call.variable("ap");
            Optional<AgentPool> existing = cluster.pool(name);
            preconditions.forPut(call, existing.map(AgentPool::eTag));
            lock.requirePoolFree(cluster, name);
            ActionRoutes.requireRunning(cluster);
            if (existing.isPresent()) {
                AgentPool pool = existing.get();
                PoolRules.Admitted admitted = admission.update(cluster, pool, properties);
                boolean same = admitted.properties().equals(pool.properties())
                        && admitted.version().equals(pool.version());
                if (same && !behaviours.on(Behaviour.EMPTY_PUT_UPDATES)) {
                    return Reply.of(200, PoolDocuments.put(cluster, pool));
                }
                Operation operation = work.update(cluster, pool, admitted);
                return directory.accepted(call, 200, PoolDocuments.put(cluster, pool), operation);
            }
            AgentPool pool = admission.create(cluster, name, properties);
            cluster.put(pool);
            Operation operation = work.create(cluster, pool);
            return directory.accepted(call, 201, PoolDocuments.put(cluster, pool), operation);
        });
    }

    private Reply get(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            return Reply.of(200, PoolDocuments.get(cluster, directory.pool(cluster, call)));
        });
    }

    /** With an empty last page, as recorded. */
    private Reply list(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            return Directory.page(call, cluster.pools(), pool -> PoolDocuments.get(cluster, pool), PAGE, true);
        });
    }

    private Reply delete(Call call) {
        Subscription subscription = directory.subscription(call);
        boolean ignoreBudgets = call.queryValue("ignore-pod-disruption-budget")
                .map(Boolean::parseBoolean)
                .orElse(false);
        return subscription.locked(() -> {
            Optional<ManagedCluster> cluster =
                    subscription.group(call.variable("rg")).isPresent() ? directory.find(call) : Optional.empty();
            Optional<AgentPool> pool =
                    cluster.flatMap(parent -> parent.pool(call.variable("ap").toLowerCase(Locale.ROOT)));
            if (cluster.isEmpty() || pool.isEmpty()) {
                return Reply.empty(204);
            }
            preconditions.forChange(call, pool.get().eTag());
            if (pool.get().state().equals("Deleting") && pool.get().running().isPresent()) {
                return directory.accepted(call, pool.get().running().get());
            }
            lock.requirePoolFree(cluster.get(), pool.get().name());
            admission.requireNotLastSystem(cluster.get(), pool.get());
            return directory.accepted(call, work.delete(cluster.get(), pool.get(), ignoreBudgets));
        });
    }

    private Reply abort(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            AgentPool pool = directory.pool(cluster, call);
            Operation running = pool.running()
                    .orElseThrow(() -> ArmError.aks(
                            409, "OperationNotAllowed", "There is no operation in progress that could be aborted."));
            return directory.accepted(call, work.abort(cluster, pool, running));
        });
    }

    private Reply deleteMachines(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            AgentPool pool = directory.pool(cluster, call);
            lock.requirePoolFree(cluster, pool.name());
            ActionRoutes.requireRunning(cluster);
            if (!TERMINAL.contains(pool.state())) {
                throw ArmError.aks(
                        409,
                        "OperationNotAllowed",
                        "Deleting machines is not allowed while the agent pool is in state " + pool.state() + ".");
            }
            var chosen = new ArrayList<Machine>();
            for (JsonNode name : call.json().path("machineNames")) {
                chosen.add(find(pool, name.asText()));
            }
            if (chosen.isEmpty()) {
                throw AksErrors.invalid("machineNames", "At least one machine name is required.");
            }
            return directory.accepted(call, work.deleteMachines(cluster, pool, chosen));
        });
    }

    private Reply machines(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            AgentPool pool = directory.pool(cluster, call);
            return Directory.page(
                    call, pool.machines(), machine -> PoolDocuments.machine(cluster, pool, machine), PAGE, false);
        });
    }

    private Reply machine(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            AgentPool pool = directory.pool(cluster, call);
            Machine machine = find(pool, call.variable("machine"));
            return Reply.of(200, PoolDocuments.machine(cluster, pool, machine));
        });
    }

    private static Machine find(AgentPool pool, String name) {
        return pool.machine(name)
                .orElseThrow(() -> ArmError.aks(
                        404,
                        "NotFound",
                        "Could not find the machine '" + name + "' in agent pool '" + pool.name() + "'."));
    }
}
