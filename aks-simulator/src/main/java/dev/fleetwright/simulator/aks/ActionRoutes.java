package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.model.PoolDocuments;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.aks.rules.PoolRules;
import dev.fleetwright.simulator.aks.work.OperationLock;
import dev.fleetwright.simulator.aks.work.PoolWork;
import dev.fleetwright.simulator.aks.work.PowerWork;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Start, stop, rotation of certificates, node images, and the details of operations. */
final class ActionRoutes {
    private static final Pattern PROGRESS = Pattern.compile(".*?(\\d+)/(\\d+) nodes completed");

    private final Directory directory;
    private final Surface surface;
    private final OperationLock lock;
    private final PowerWork power;
    private final PoolRules rules;
    private final PoolWork pools;

    ActionRoutes(
            Directory directory,
            Surface surface,
            OperationLock lock,
            PowerWork power,
            PoolRules rules,
            PoolWork pools) {
        this.directory = directory;
        this.surface = surface;
        this.lock = lock;
        this.power = power;
        this.rules = rules;
        this.pools = pools;
    }

    List<Route> routes() {
        return List.of(
                action("start", "start managed cluster", cluster -> {
                    requirePower(cluster, "Stopped", "starting");
                    return power.start(cluster);
                }),
                action("stop", "stop managed cluster", cluster -> {
                    requirePower(cluster, "Running", "stopping");
                    return power.stop(cluster);
                }),
                action("rotateClusterCertificates", "rotate cluster certificates", cluster -> {
                    requireRunning(cluster);
                    return power.rotate(cluster);
                }),
                new Route(
                        "POST",
                        Directory.POOL + "/upgradeNodeImageVersion",
                        "upgrade node image",
                        "X",
                        surface.giving("AgentPool", this::upgradeNodeImage)),
                new Route(
                        "GET",
                        Directory.CLUSTER + "/operations/{id}",
                        "get operation detail",
                        "OP",
                        surface.enveloped(call -> detail(call, ""))),
                new Route(
                        "GET",
                        Directory.POOL + "/operations/{id}",
                        "get operation detail of pool",
                        "OP",
                        surface.enveloped(call -> detail(call, "/agentPools/" + call.variable("ap")))));
    }

    private Route action(String name, String operation, Function<ManagedCluster, Operation> begin) {
        return new Route(
                "POST",
                Directory.CLUSTER + "/" + name,
                operation,
                "X",
                surface.enveloped(call -> directory.subscription(call).locked(() -> {
                    ManagedCluster cluster = directory.cluster(call);
                    lock.requireFree(cluster);
                    return directory.accepted(call, begin.apply(cluster));
                })));
    }

    private static void requirePower(ManagedCluster cluster, String wanted, String doing) {
        String code = power(cluster);
        if (!code.equals(wanted)) {
            throw AksErrors.notAllowed("managed cluster is in Provisioning State(" + cluster.state()
                    + ") and Power State(" + code + "), " + doing + " cannot be performed");
        }
    }

    /** Most writes need a cluster that runs. */
    static void requireRunning(ManagedCluster cluster) {
        requirePower(cluster, "Running", "updating");
    }

    private static String power(ManagedCluster cluster) {
        return cluster.properties().path("powerState").path("code").asText();
    }

    private Reply upgradeNodeImage(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            AgentPool pool = directory.pool(cluster, call);
            lock.requirePoolFree(cluster, pool.name());
            requireRunning(cluster);
            Operation operation = pools.upgradeNodeImage(cluster, pool, rules.onNewestImage(pool));
            return directory.posted(call, PoolDocuments.put(cluster, pool), operation);
        });
    }

    /** The operation with its percentage; documented for previews, answered in every version. */
    private Reply detail(Call call, String below) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            String id = call.variable("id").toLowerCase(Locale.ROOT);
            String subject = cluster.id() + below;
            Operation operation = directory
                    .subscription(call)
                    .operation(id)
                    .filter(found -> found.subject().regionMatches(true, 0, subject, 0, subject.length()))
                    .orElseThrow(() -> ArmError.aks(404, "NotFound", "Operation " + id + " was not found."));
            ObjectNode evidence = operation.evidence();
            ObjectNode document = Json.object()
                    .put("id", subject + "/operations/" + id)
                    .put("name", id)
                    .put("resourceId", operation.subject())
                    .put("status", evidence.path("status").asText())
                    .put("startTime", evidence.path("start").asText());
            if (evidence.has("end")) {
                document.set("endTime", evidence.get("end"));
            }
            if (evidence.has("error")) {
                document.set("error", evidence.get("error"));
            }
            document.put(
                    "percentComplete",
                    percent(operation, evidence.path("status").asText()));
            return Reply.of(200, document);
        });
    }

    private static double percent(Operation operation, String status) {
        if (!operation.running()) {
            return 100;
        }
        Matcher progress = PROGRESS.matcher(status);
        return progress.matches()
                ? Math.min(
                        99,
                        100.0 * Integer.parseInt(progress.group(1)) / Math.max(1, Integer.parseInt(progress.group(2))))
                : 0;
    }
}
