package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resource providers of a subscription, all registered from the start, and the regions. */
public final class Providers {
    private static final String LIST = "/subscriptions/{sub}/providers";
    private static final String ONE = LIST + "/{namespace}";

    /** Api-versions, newest first, by resource type and provider: those that clients are known to send. */
    private static final Map<String, Map<String, List<String>>> PROVIDERS = Map.of(
            "Microsoft.ContainerService",
            Map.of(
                    "managedClusters",
                    List.of("2026-08-01", "2026-06-01", "2026-05-01", "2025-10-01", "2025-09-01", "2024-09-01"),
                    "managedClusters/agentPools",
                    List.of("2026-08-01", "2026-06-01", "2026-05-01", "2025-10-01", "2025-09-01", "2024-09-01"),
                    "locations/operations",
                    List.of("2025-03-01", "2016-03-30")),
            "Microsoft.Authorization",
            Map.of("roleAssignments", List.of("2022-04-01"), "roleDefinitions", List.of("2022-04-01")),
            "Microsoft.ContainerRegistry",
            Map.of("registries", List.of("2025-11-01", "2023-07-01", "2019-05-01")),
            "Microsoft.ManagedIdentity",
            Map.of("userAssignedIdentities", List.of("2024-11-30", "2023-01-31")),
            "Microsoft.Resources",
            Map.of("resourceGroups", List.of("2024-11-01", "2021-04-01")),
            "Microsoft.Compute",
            Map.of(),
            "Microsoft.Network",
            Map.of());

    private final Regions regions;
    private final Subscriptions subscriptions;

    public Providers(Regions regions, Subscriptions subscriptions) {
        this.regions = regions;
        this.subscriptions = subscriptions;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", LIST, "list providers", "", this::list),
                new Route("GET", ONE, "get provider", "", this::get),
                new Route("POST", ONE + "/register", "register provider", "", this::get),
                new Route("GET", "/subscriptions/{sub}/locations", "list locations", "", this::locations));
    }

    private Reply list(Call call) {
        String subscription = subscriptions.of(call).id();
        var body = Json.object();
        ArrayNode values = body.putArray("value");
        new TreeMap<>(PROVIDERS).forEach((namespace, types) -> values.add(document(subscription, namespace, types)));
        return Reply.of(200, body);
    }

    /** Also the answer of a registration: there is nothing left to register. */
    private Reply get(Call call) {
        String subscription = subscriptions.of(call).id();
        String wanted = call.variable("namespace");
        return PROVIDERS.entrySet().stream()
                .filter(provider -> provider.getKey().equalsIgnoreCase(wanted))
                .findFirst()
                .map(provider -> Reply.of(200, document(subscription, provider.getKey(), provider.getValue())))
                .orElseThrow(() -> ArmError.gateway(
                        404, "InvalidResourceNamespace", "The resource namespace '" + wanted + "' is invalid."));
    }

    private ObjectNode document(String subscription, String namespace, Map<String, List<String>> types) {
        var document = Json.object()
                .put("id", "/subscriptions/" + subscription + "/providers/" + namespace)
                .put("namespace", namespace);
        ArrayNode resourceTypes = document.putArray("resourceTypes");
        new TreeMap<>(types).forEach((type, versions) -> {
            ObjectNode entry = resourceTypes.addObject().put("resourceType", type);
            ArrayNode locations = entry.putArray("locations");
            regions.names().forEach(region -> locations.add(displayName(region)));
            ArrayNode list = entry.putArray("apiVersions");
            versions.forEach(list::add);
        });
        return document.put("registrationState", "Registered").put("registrationPolicy", "RegistrationRequired");
    }

    private Reply locations(Call call) {
        String subscription = subscriptions.of(call).id();
        var body = Json.object();
        ArrayNode values = body.putArray("value");
        for (String region : regions.names()) {
            ObjectNode location = values.addObject()
                    .put("id", "/subscriptions/" + subscription + "/locations/" + region)
                    .put("name", region)
                    .put("type", "Region")
                    .put("displayName", displayName(region))
                    .put("regionalDisplayName", displayName(region));
            location.putObject("metadata").put("regionType", "Physical").put("regionCategory", "Recommended");
            ArrayNode zones = location.putArray("availabilityZoneMappings");
            for (int zone = 1; zone <= 3; zone++) {
                zones.addObject().put("logicalZone", Integer.toString(zone)).put("physicalZone", region + "-az" + zone);
            }
        }
        return Reply.of(200, body);
    }

    /** "westeurope" is shown as "West Europe". */
    static String displayName(String region) {
        return Optional.ofNullable(NAMES.get(region))
                .orElse(region.substring(0, 1).toUpperCase(Locale.ROOT) + region.substring(1));
    }

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("australiaeast", "Australia East"),
            Map.entry("centralus", "Central US"),
            Map.entry("eastus", "East US"),
            Map.entry("eastus2", "East US 2"),
            Map.entry("francecentral", "France Central"),
            Map.entry("germanywestcentral", "Germany West Central"),
            Map.entry("northeurope", "North Europe"),
            Map.entry("southeastasia", "Southeast Asia"),
            Map.entry("swedencentral", "Sweden Central"),
            Map.entry("switzerlandnorth", "Switzerland North"),
            Map.entry("uksouth", "UK South"),
            Map.entry("westeurope", "West Europe"),
            Map.entry("westus2", "West US 2"),
            Map.entry("westus3", "West US 3"));
}
