package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.NodeImages;
import dev.fleetwright.simulator.aks.model.PoolDocuments;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Turns what a client asks of an agent pool into what it gets, or refuses. Pure. */
public final class PoolRules {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,11}");
    private static final String SPOT_LABEL = "kubernetes.azure.com/scalesetpriority";
    private static final String SPOT_TAINT = SPOT_LABEL + "=spot:NoSchedule";
    private static final String CHOSEN_SIZE = "Standard_D4ds_v5";
    private static final String IMAGE = "nodeImageVersion";
    private static final String NAME_PARAMETER = "agentPoolProfile.name";

    private final PoolChecks checks;
    private final KubernetesVersions versions;
    private final Behaviours behaviours;
    private final Supplier<Instant> clock;

    public PoolRules(VmSizes sizes, KubernetesVersions versions, Behaviours behaviours, Supplier<Instant> clock) {
        this.clock = clock;
        this.checks = new PoolChecks(sizes, behaviours);
        this.versions = versions;
        this.behaviours = behaviours;
    }

    /**
     * The cluster that a new pool is for.
     *
     * @param wantedVersion in the words of whoever made the cluster
     * @param version resolved
     */
    public record Home(String wantedVersion, String version, String location, JsonNode networkProfile) {
        /** What a pool gets that does not ask: the cluster's words while they hold, not those of an upgrade that failed. */
        String inheritedVersion() {
            return version.equals(wantedVersion) || version.startsWith(wantedVersion + ".") ? wantedVersion : version;
        }
    }

    /**
     * A validated pool.
     *
     * @param properties complete, without read-only values
     * @param version resolved Kubernetes version
     */
    public record Admitted(ObjectNode properties, String version) {}

    public Admitted create(String name, JsonNode wanted, Home home) {
        if (!NAME.matcher(name).matches()) {
            throw AksErrors.invalid(
                    NAME_PARAMETER,
                    "Agent pool name '" + name
                            + "' must start with a lowercase letter, have at most 12 characters and only lowercase"
                            + " letters and digits.");
        }
        ObjectNode request = writable(wanted);
        ObjectNode effective = Json.resource(PoolRules.class, "agent-pool.json");
        effective.put("maxPods", standardPods(request, home.networkProfile()));
        Json.overlay(effective, request);
        if (effective.path("vmSize").asText("").isEmpty()) {
            effective.put("vmSize", CHOSEN_SIZE);
        }
        String osType = effective.path("osType").asText();
        if (osType.equals("Windows") && name.length() > 6) {
            throw AksErrors.invalid(NAME_PARAMETER, "Windows agent pool names have at most 6 characters.");
        }
        if (osType.equals("Windows")
                && !home.networkProfile().path("networkPlugin").asText().equals("azure")) {
            throw AksErrors.badRequest("Windows agent pools can only be added to AKS clusters using Azure-CNI.");
        }
        if (effective.path("osSKU").asText("").isEmpty()) {
            effective.put("osSKU", NodeImages.sku(osType));
        }
        if (effective.path("orchestratorVersion").asText("").isEmpty()) {
            effective.put("orchestratorVersion", home.inheritedVersion());
        }
        finish(effective);
        checks.check(effective, request, home.location());
        effective.put(IMAGE, NodeImages.latest(effective, clock.get()));
        return new Admitted(effective, version(effective, home.version(), Optional.empty()));
    }

    public Admitted update(AgentPool pool, JsonNode wanted, String clusterVersion, String location) {
        ObjectNode request = writable(wanted);
        String priority = priority(pool.properties());
        if (request.hasNonNull("scaleSetPriority") && !priority(request).equals(priority)) {
            throw AksErrors.priorityImmutable(priority(request), priority);
        }
        List<String> inPlace =
                List.of(behaviours.text(Behaviour.IN_PLACE_PROPERTIES).split(",", -1));
        var fixed = PropertyRules.POOL_FIXED.stream()
                .filter(property -> !inPlace.contains(property))
                .toList();
        PropertyRules.requireUnchanged(fixed, pool.properties(), request);
        requireSkuChangeable(
                pool.property("osSKU").asText(), request.path("osSKU").asText(""));
        ObjectNode effective = pool.properties().deepCopy();
        PropertyRules.POOL_REPLACED.forEach(effective::remove);
        if (!request.path("enableAutoScaling")
                .asBoolean(effective.path("enableAutoScaling").asBoolean())) {
            effective.remove(List.of("minCount", "maxCount"));
        }
        Json.overlay(effective, request);
        finish(effective);
        checks.check(effective, request, location);
        String version = version(effective, clusterVersion, Optional.of(pool.version()));
        boolean newSku = !effective.path("osSKU").equals(pool.property("osSKU"));
        if (newSku || !version.equals(pool.version())) {
            newImage(pool, effective);
        }
        return new Admitted(effective, version);
    }

    /** The pool on the newest image. */
    public Admitted onNewestImage(AgentPool pool) {
        ObjectNode effective = pool.properties().deepCopy();
        newImage(pool, effective);
        return new Admitted(effective, pool.version());
    }

    /** Enters the newest image; what the pool ran before becomes its most recent one. */
    private void newImage(AgentPool pool, ObjectNode effective) {
        String latest = NodeImages.latest(effective, clock.get());
        String before = NodeImages.version(pool.properties());
        effective.put(IMAGE, latest);
        var former = Json.MAPPER.createArrayNode();
        former.addObject()
                .put("orchestratorVersion", pool.version())
                .put(IMAGE, before)
                .put("timestamp", clock.get().toString());
        effective.set(PoolDocuments.FORMER_VERSIONS, former);
    }

    /** Documented defaults: an overlay 250, a subnet for pods 110, kubenet 110, else 30. */
    private static int standardPods(JsonNode request, JsonNode network) {
        boolean overlay = network.path("networkPluginMode").asText().equals("overlay");
        boolean flat = network.path("networkPlugin").asText().equals("azure")
                && request.path("podSubnetID").asText("").isEmpty();
        return overlay ? 250 : flat ? 30 : 110;
    }

    /** What the server adds without being asked. */
    private static void finish(ObjectNode effective) {
        if (!priority(effective).equals("Spot")) {
            return;
        }
        if (!effective.has("scaleSetEvictionPolicy")) {
            effective.put("scaleSetEvictionPolicy", "Delete");
        }
        if (!effective.has("spotMaxPrice")) {
            effective.put("spotMaxPrice", -1);
        }
        effective.withObjectProperty("nodeLabels").put(SPOT_LABEL, "spot");
        var taints = effective.withArrayProperty("nodeTaints");
        boolean tainted = false;
        for (JsonNode taint : taints) {
            tainted |= taint.asText().equals(SPOT_TAINT);
        }
        if (!tainted) {
            taints.add(SPOT_TAINT);
        }
        ((ObjectNode) effective.withObjectProperty("upgradeSettings")).remove("maxSurge");
    }

    private String version(ObjectNode effective, String clusterVersion, Optional<String> current) {
        String wanted = effective.path("orchestratorVersion").asText();
        // a pool keeps the patch that it has while its alias stays the same
        String resolved = current.filter(version -> version.equals(wanted) || version.startsWith(wanted + "."))
                .or(() -> versions.resolve(wanted))
                .orElseThrow(() -> AksErrors.versionUnknown(wanted));
        boolean newer = KubernetesVersions.compare(resolved, clusterVersion) > 0;
        int behind = KubernetesVersions.minor(clusterVersion) - KubernetesVersions.minor(resolved);
        int skew = behaviours.number(Behaviour.VERSION_SKEW);
        if (newer || behind > skew) {
            throw AksErrors.versionsIncompatible(resolved, clusterVersion, skew);
        }
        if (current.isPresent() && KubernetesVersions.compare(resolved, current.get()) < 0) {
            throw AksErrors.notAllowed(
                    "Downgrading agent pool from version " + current.get() + " to " + resolved + " is not allowed.");
        }
        return resolved;
    }

    private static void requireSkuChangeable(String current, String wanted) {
        boolean changeable = !current.startsWith("Windows") && !wanted.startsWith("Windows");
        if (!wanted.isEmpty() && !wanted.equals(current) && !changeable) {
            throw AksErrors.immutable("properties.osSKU");
        }
    }

    private static String priority(JsonNode properties) {
        return properties.path("scaleSetPriority").asText("Regular");
    }

    /** The request without nulls and read-only values. */
    private static ObjectNode writable(JsonNode wanted) {
        ObjectNode request = Json.object();
        Json.overlay(request, wanted);
        return request.remove(PropertyRules.POOL_READ_ONLY);
    }
}
