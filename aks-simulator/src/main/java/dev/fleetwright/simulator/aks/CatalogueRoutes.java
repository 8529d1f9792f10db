package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.model.NodeImages;
import dev.fleetwright.simulator.aks.model.PoolDocuments;
import dev.fleetwright.simulator.aks.rules.KubernetesVersions;
import dev.fleetwright.simulator.arm.Regions;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Which Kubernetes versions there are, and which of them a cluster or a pool can go to. */
final class CatalogueRoutes {
    private final Directory directory;
    private final Surface surface;
    private final Regions regions;
    private final KubernetesVersions versions;
    private final int skew;
    private final Supplier<Instant> clock;

    CatalogueRoutes(Directory directory, Surface surface, AksProvider.Settings settings, Supplier<Instant> clock) {
        this.clock = clock;
        this.directory = directory;
        this.surface = surface;
        this.regions = settings.regions();
        this.versions = settings.versions();
        this.skew = settings.behaviours().number(Behaviour.VERSION_SKEW);
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/subscriptions/{sub}/providers/Microsoft.ContainerService/locations/{loc}/kubernetesVersions",
                        "list kubernetes versions",
                        "X",
                        surface.giving("KubernetesVersionListResult", this::regional)),
                new Route(
                        "GET",
                        Directory.CLUSTER + "/upgradeProfiles/default",
                        "get cluster upgrade profile",
                        "X",
                        surface.giving("ManagedClusterUpgradeProfile", this::clusterProfile)),
                new Route(
                        "GET",
                        Directory.POOL + "/upgradeProfiles/default",
                        "get pool upgrade profile",
                        "X",
                        surface.giving("AgentPoolUpgradeProfile", this::poolProfile)),
                new Route(
                        "GET",
                        Directory.CLUSTER + "/availableAgentPoolVersions",
                        "list agent pool versions",
                        "X",
                        surface.giving("AgentPoolAvailableVersions", this::poolVersions)));
    }

    private Reply regional(Call call) {
        regions.require(call.variable("loc"), "locations/kubernetesVersions");
        var body = Json.object();
        ArrayNode values = body.putArray("values");
        String standard = versions.standard();
        versions.byMinor().forEach((minor, patches) -> {
            ObjectNode value = values.addObject().put("version", minor);
            value.putObject("capabilities")
                    .putArray("supportPlan")
                    .add("KubernetesOfficial")
                    .add("AKSLongTermSupport");
            value.put("isDefault", standard.startsWith(minor + ".")).put("isPreview", false);
            ObjectNode byPatch = value.putObject("patchVersions");
            for (String patch : patches) {
                ArrayNode upgrades = byPatch.putObject(patch).putArray("upgrades");
                versions.upgrades(patch).forEach(upgrades::add);
            }
        });
        return Reply.of(200, body);
    }

    private Reply clusterProfile(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            var body = Json.object()
                    .put("id", cluster.id() + "/upgradeprofiles/default")
                    .put("name", "default")
                    .put("type", "Microsoft.ContainerService/managedClusters/upgradeprofiles");
            ObjectNode properties = body.putObject("properties");
            ObjectNode controlPlane = properties
                    .putObject("controlPlaneProfile")
                    .put("kubernetesVersion", cluster.version())
                    .put("name", "master")
                    .put("osType", "Linux");
            upgrades(controlPlane.putArray("upgrades"), versions.upgrades(cluster.version()));
            ArrayNode pools = properties.putArray("agentPoolProfiles");
            for (AgentPool pool : cluster.pools()) {
                ObjectNode entry = pools.addObject()
                        .put("kubernetesVersion", pool.version())
                        .put("name", pool.name())
                        .put("osType", pool.property("osType").asText());
                upgrades(entry.putArray("upgrades"), poolUpgrades(cluster, pool));
            }
            return Reply.of(200, body);
        });
    }

    private Reply poolProfile(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.parent(call);
            AgentPool pool = directory.pool(cluster, call);
            var body = Json.object()
                    .put("id", cluster.id() + "/agentPools/" + pool.name() + "/upgradeProfiles/default")
                    .put("name", "default")
                    .put("type", PoolDocuments.TYPE + "/upgradeProfiles");
            ObjectNode properties = body.putObject("properties")
                    .put("kubernetesVersion", pool.version())
                    .put("osType", pool.property("osType").asText())
                    .put("latestNodeImageVersion", NodeImages.latest(pool.properties(), clock.get()));
            ArrayNode former = properties.putArray(PoolDocuments.FORMER_VERSIONS);
            pool.property(PoolDocuments.FORMER_VERSIONS).forEach(former::add);
            upgrades(properties.putArray("upgrades"), poolUpgrades(cluster, pool));
            return Reply.of(200, body);
        });
    }

    private Reply poolVersions(Call call) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            var body = Json.object()
                    .put("id", cluster.id() + "/availableAgentPoolVersions")
                    .put("name", "default")
                    .put("type", "Microsoft.ContainerService/managedClusters/availableAgentPoolVersions");
            ArrayNode list = body.putObject("properties").putArray("agentPoolVersions");
            for (String version : versions.offered()) {
                int behind = KubernetesVersions.minor(cluster.version()) - KubernetesVersions.minor(version);
                if (behind <= skew && KubernetesVersions.compare(version, cluster.version()) <= 0) {
                    list.addObject()
                            .put("default", version.equals(cluster.version()))
                            .put("kubernetesVersion", version)
                            .put("isPreview", false);
                }
            }
            return Reply.of(200, body);
        });
    }

    /** Anything newer that the control plane allows. */
    private List<String> poolUpgrades(ManagedCluster cluster, AgentPool pool) {
        return versions.offered().stream()
                .filter(version -> KubernetesVersions.compare(version, pool.version()) > 0
                        && KubernetesVersions.compare(version, cluster.version()) <= 0)
                .toList();
    }

    private static void upgrades(ArrayNode target, List<String> newer) {
        newer.forEach(
                version -> target.addObject().put("kubernetesVersion", version).put("isPreview", false));
    }
}
