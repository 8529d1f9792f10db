package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.NodeImages;
import dev.fleetwright.simulator.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns what a client asks of an agent pool into what it gets, or refuses. Pure. */
public final class PoolRules {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,11}");
    private static final String SPOT_LABEL = "kubernetes.azure.com/scalesetpriority";
    private static final String SPOT_TAINT = SPOT_LABEL + "=spot:NoSchedule";
    private static final String CHOSEN_SIZE = "Standard_D4ds_v5";
    private static final String NAME_PARAMETER = "agentPoolProfile.name";

    private final PoolChecks checks;
    private final KubernetesVersions versions;

    public PoolRules(VmSizes sizes, KubernetesVersions versions) {
        this.checks = new PoolChecks(sizes);
        this.versions = versions;
    }

    /**
     * A validated pool.
     *
     * @param properties complete, without read-only values
     * @param version resolved Kubernetes version
     */
    public record Admitted(ObjectNode properties, String version) {}

    /** Admits a new pool; {@code wantedVersion} is in the cluster's own words, {@code clusterVersion} resolved. */
    public Admitted create(String name, JsonNode wanted, String wantedVersion, String clusterVersion, String location) {
        if (!NAME.matcher(name).matches()) {
            throw AksErrors.invalid(
                    NAME_PARAMETER,
                    "Agent pool name '" + name
                            + "' must start with a lowercase letter, have at most 12 characters and only lowercase"
                            + " letters and digits.");
        }
        ObjectNode request = writable(wanted);
        ObjectNode effective = Json.resource(PoolRules.class, "agent-pool.json");
        Json.overlay(effective, request);
        if (effective.path("vmSize").asText("").isEmpty()) {
            effective.put("vmSize", CHOSEN_SIZE);
        }
        String osType = effective.path("osType").asText();
        if (osType.equals("Windows") && name.length() > 6) {
            throw AksErrors.invalid(NAME_PARAMETER, "Windows agent pool names have at most 6 characters.");
        }
        if (!effective.has("osSKU")) {
            effective.put("osSKU", NodeImages.sku(osType));
        }
        if (!effective.has("orchestratorVersion")) {
            effective.put("orchestratorVersion", wantedVersion);
        }
        finish(effective);
        checks.check(effective, request, location);
        return new Admitted(effective, version(effective, clusterVersion, Optional.empty()));
    }

    public Admitted update(AgentPool pool, JsonNode wanted, String clusterVersion, String location) {
        ObjectNode request = writable(wanted);
        String priority = priority(pool.properties());
        if (request.hasNonNull("scaleSetPriority") && !priority(request).equals(priority)) {
            throw AksErrors.priorityImmutable(priority(request), priority);
        }
        PropertyRules.requireUnchanged(PropertyRules.POOL_FIXED, pool.properties(), request);
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
        return new Admitted(effective, version(effective, clusterVersion, Optional.of(pool.version())));
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
        if (newer || behind > KubernetesVersions.SKEW) {
            throw AksErrors.versionsIncompatible(resolved, clusterVersion);
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
