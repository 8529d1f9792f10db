package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.ClusterDocuments;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.shape.ApiVersion;
import dev.fleetwright.simulator.shape.Finding.Fault;
import dev.fleetwright.simulator.shape.Shapes;
import dev.fleetwright.simulator.time.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Planned maintenance windows: synchronous, kept with the cluster, without a lock of AKS. Nothing acts on them. */
final class MaintenanceRoutes {
    private static final String LIST = Directory.CLUSTER + "/maintenanceConfigurations";
    private static final String ONE = LIST + "/{config}";
    private static final String TYPE = "MaintenanceConfiguration";

    /** The names that exist (documented), and the part of the properties that each of them needs. */
    private static final Map<String, String> NAMES = Map.of(
            "default", "timeInWeek",
            "aksManagedAutoUpgradeSchedule", "maintenanceWindow",
            "aksManagedNodeOSUpgradeSchedule", "maintenanceWindow");

    private static final List<String> SCHEDULES = List.of("daily", "weekly", "absoluteMonthly", "relativeMonthly");

    private final Directory directory;
    private final Surface surface;
    private final Timeline timeline;

    MaintenanceRoutes(Directory directory, Surface surface, Timeline timeline) {
        this.directory = directory;
        this.surface = surface;
        this.timeline = timeline;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "PUT",
                        ONE,
                        "put maintenance configuration",
                        "X",
                        surface.giving(TYPE, surface.taking(TYPE, this::put))),
                new Route("GET", ONE, "get maintenance configuration", "X", surface.giving(TYPE, this::get)),
                new Route("DELETE", ONE, "delete maintenance configuration", "X", surface.enveloped(this::delete)),
                new Route(
                        "GET",
                        LIST,
                        "list maintenance configurations",
                        "X",
                        surface.giving("MaintenanceConfigurationListResult", this::list)));
    }

    private Reply put(Call call) {
        String name = call.variable("config");
        ObjectNode properties = check(name, call);
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            ObjectNode settings = cluster.settings().deepCopy();
            ObjectNode all = settings.withObjectProperty(ClusterDocuments.MAINTENANCE);
            boolean existed = all.has(name);
            all.set(name, properties);
            cluster.replaceSettings(settings);
            return Reply.of(existed ? 200 : 201, document(cluster, name, properties));
        });
    }

    private ObjectNode check(String name, Call call) {
        String needed = NAMES.get(name);
        if (needed == null) {
            throw AksErrors.invalid(
                    "configName",
                    "'" + name + "' is not one of "
                            + NAMES.keySet().stream().sorted().toList() + ".");
        }
        Shapes.published()
                .read(TYPE, call.json(), ApiVersion.of(call.apiVersion()))
                .first(Fault.MISSING)
                .ifPresent(finding -> {
                    throw AksErrors.invalid(finding.path(), "A value is required.");
                });
        ObjectNode properties = Json.object();
        Json.overlay(properties, call.json().path("properties"));
        if (needed.equals("maintenanceWindow")) {
            checkWindow(properties);
        } else if (properties.has("maintenanceWindow")
                || (properties.path(needed).isEmpty()
                        && properties.path("notAllowedTime").isEmpty())) {
            throw AksErrors.invalid(
                    "properties", "The configuration '" + name + "' has timeInWeek or notAllowedTime and no window.");
        }
        return properties;
    }

    private void checkWindow(ObjectNode properties) {
        if (properties.has("timeInWeek") || !(properties.path("maintenanceWindow") instanceof ObjectNode window)) {
            throw AksErrors.invalid(
                    "properties.maintenanceWindow", "This configuration has a window and no timeInWeek.");
        }
        long schedules =
                SCHEDULES.stream().filter(window.path("schedule")::hasNonNull).count();
        if (schedules != 1) {
            throw AksErrors.invalid(
                    "properties.maintenanceWindow.schedule", "Exactly one of " + SCHEDULES + " is required.");
        }
        if (!window.has("utcOffset")) {
            window.put("utcOffset", "+00:00");
        }
        if (!window.has("startDate")) {
            window.put("startDate", timeline.now().toString().substring(0, 10));
        }
    }

    private Reply get(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            String name = call.variable("config");
            return Optional.of(configurations(cluster).path(name))
                    .filter(JsonNode::isObject)
                    .map(found -> Reply.of(200, document(cluster, name, found)))
                    .orElseThrow(() -> ArmError.aks(
                            404,
                            "NotFound",
                            "Could not find the maintenance configuration '" + name + "' in the managed cluster '"
                                    + cluster.name() + "'."));
        });
    }

    private Reply list(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            var body = Json.object();
            var values = body.putArray("value");
            configurations(cluster)
                    .properties()
                    .forEach(entry -> values.add(document(cluster, entry.getKey(), entry.getValue())));
            return Reply.of(200, body);
        });
    }

    private Reply delete(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            if (!configurations(cluster).has(call.variable("config"))) {
                return Reply.empty(204);
            }
            ObjectNode settings = cluster.settings().deepCopy();
            settings.withObjectProperty(ClusterDocuments.MAINTENANCE).remove(call.variable("config"));
            cluster.replaceSettings(settings);
            return Reply.empty(200);
        });
    }

    private static JsonNode configurations(ManagedCluster cluster) {
        return cluster.settings().path(ClusterDocuments.MAINTENANCE);
    }

    private static ObjectNode document(ManagedCluster cluster, String name, JsonNode properties) {
        var document = Json.object()
                .put("id", cluster.id() + "/maintenanceConfigurations/" + name)
                .put("name", name)
                .put("type", "Microsoft.ContainerService/managedClusters/maintenanceConfigurations");
        document.set("properties", properties.deepCopy());
        return document;
    }
}
