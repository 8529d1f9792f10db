package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.rules.VmSizes.VmSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ranges, spellings and combinations that agent-pool properties must keep to. Pure. */
final class PoolChecks {
    private static final String PARAMETER = "agentPoolProfile.";
    private static final int MOST_NODES = 1000;
    private static final int LEAST_SYSTEM_PODS = 30;
    private static final Pattern TAINT = Pattern.compile(
            "([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)");
    private static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern RESERVED_LABEL =
            Pattern.compile("([a-z0-9.-]+\\.)?(kubernetes\\.azure\\.com|kubernetes\\.io)/.*");
    private static final Pattern SPOT_LABEL = Pattern.compile("kubernetes\\.azure\\.com/scalesetpriority");

    private static final Map<String, List<String>> SPELLINGS = Map.of(
            "mode", List.of("System", "User", "Gateway"),
            "osType", List.of("Linux", "Windows"),
            "osDiskType", List.of("Managed", "Ephemeral"),
            "kubeletDiskType", List.of("OS", "Temporary"),
            "scaleSetPriority", List.of("Regular", "Spot"),
            "scaleSetEvictionPolicy", List.of("Delete", "Deallocate"),
            "scaleDownMode", List.of("Delete", "Deallocate"),
            "type", List.of("VirtualMachineScaleSets", "AvailabilitySet", "VirtualMachines"),
            "osSKU",
                    List.of(
                            "Ubuntu",
                            "Ubuntu2204",
                            "Ubuntu2404",
                            "AzureLinux",
                            "AzureLinux3",
                            "CBLMariner",
                            "Windows2019",
                            "Windows2022"));

    private record Range(String property, int least, int most) {}

    private static final List<Range> RANGES = List.of(
            new Range("count", 0, MOST_NODES),
            new Range("minCount", 0, MOST_NODES),
            new Range("maxCount", 1, MOST_NODES),
            new Range("maxPods", 10, 250),
            new Range("osDiskSizeGB", 0, 2048));

    private final VmSizes sizes;

    PoolChecks(VmSizes sizes) {
        this.sizes = sizes;
    }

    /** @param request only what the client sent: some combinations are refused only when asked for */
    void check(ObjectNode pool, ObjectNode request, String location) {
        SPELLINGS.forEach((property, known) -> {
            String value = pool.path(property).asText("");
            if (!value.isEmpty() && !known.contains(value)) {
                throw AksErrors.invalid(PARAMETER + property, "'" + value + "' is not one of " + known + ".");
            }
        });
        for (Range range : RANGES) {
            checkRange(pool.path(range.property()), range);
        }
        String wantedSize = pool.path("vmSize").asText();
        Optional<VmSize> size = sizes.find(wantedSize);
        if (size.isEmpty()) {
            throw AksErrors.sizeUnknown(wantedSize, location);
        }
        checkScaling(pool, request);
        boolean spot = pool.path("scaleSetPriority").asText().equals("Spot");
        if (pool.path("mode").asText().equals("System")) {
            checkSystem(pool, size.get(), spot);
        }
        if (spot && request.path("upgradeSettings").hasNonNull("maxSurge")) {
            throw AksErrors.invalid(PARAMETER + "upgradeSettings.maxSurge", "Spot pools can't set max surge.");
        }
        if (!spot && (request.hasNonNull("scaleSetEvictionPolicy") || request.hasNonNull("spotMaxPrice"))) {
            throw AksErrors.invalid(
                    PARAMETER + "scaleSetPriority", "Eviction policy and spot price need scaleSetPriority 'Spot'.");
        }
        checkZones(pool.path("availabilityZones"));
        checkLabelsAndTaints(pool);
    }

    private static void checkRange(JsonNode value, Range range) {
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isInt() || value.asInt() < range.least() || value.asInt() > range.most()) {
            throw AksErrors.invalid(
                    PARAMETER + range.property(),
                    "'" + value.asText() + "' is not a whole number from " + range.least() + " to " + range.most()
                            + ".");
        }
    }

    private static void checkScaling(ObjectNode pool, ObjectNode request) {
        boolean autoscaling = pool.path("enableAutoScaling").asBoolean();
        if (!autoscaling) {
            if (request.hasNonNull("minCount") || request.hasNonNull("maxCount")) {
                throw AksErrors.invalid(
                        PARAMETER + "minCount", "minCount and maxCount need enableAutoScaling to be true.");
            }
            return;
        }
        if (!request.hasNonNull("count")) {
            throw AksErrors.invalid(PARAMETER + "count", "count is required, also when enableAutoScaling is true.");
        }
        if (!pool.has("minCount") || !pool.has("maxCount")) {
            throw AksErrors.invalid(
                    PARAMETER + "minCount", "minCount and maxCount are required when enableAutoScaling is true.");
        }
        int count = pool.path("count").asInt();
        int least = pool.path("minCount").asInt();
        int most = pool.path("maxCount").asInt();
        if (least > most || count < least || count > most) {
            throw AksErrors.invalid(
                    PARAMETER + "count",
                    "minCount " + least + " <= count " + count + " <= maxCount " + most + " does not hold.");
        }
    }

    /** Open question 15 of the protocol page: one node and two vCPUs suffice. */
    private static void checkSystem(ObjectNode pool, VmSize size, boolean spot) {
        String why = "";
        if (!pool.path("osType").asText().equals("Linux")) {
            why = "System pools must run Linux.";
        } else if (spot) {
            why = "System pools can't be Spot pools.";
        } else if (size.burstable()) {
            why = "System pools can't use burstable VM sizes of the B series.";
        } else if (size.vcpus() < 2 || size.memoryMiB() < 4096) {
            why = "System pools need VM sizes with at least 2 vCPUs and 4 GB of memory.";
        } else if (pool.path("maxPods").asInt() < LEAST_SYSTEM_PODS) {
            why = "System pools need maxPods of at least " + LEAST_SYSTEM_PODS + ".";
        } else if (pool.path("count").asInt() < 1
                || (pool.has("minCount") && pool.path("minCount").asInt() < 1)) {
            why = "System pools need at least 1 node.";
        }
        if (!why.isEmpty()) {
            throw AksErrors.invalid(PARAMETER + "mode", why);
        }
    }

    private static void checkZones(JsonNode zones) {
        for (JsonNode zone : zones) {
            if (!List.of("1", "2", "3").contains(zone.asText())) {
                throw AksErrors.invalid(
                        PARAMETER + "availabilityZones", "'" + zone.asText() + "' is not one of [1, 2, 3].");
            }
        }
    }

    private static void checkLabelsAndTaints(ObjectNode pool) {
        for (var label : pool.path("nodeLabels").properties()) {
            String key = label.getKey();
            if (!LABEL_KEY.matcher(key).matches()
                    || !LABEL_VALUE.matcher(label.getValue().asText()).matches()) {
                throw AksErrors.invalid(
                        PARAMETER + "nodeLabels",
                        "'" + key + "=" + label.getValue().asText() + "' is not a label.");
            }
            boolean ofSpot = SPOT_LABEL.matcher(key).matches()
                    && pool.path("scaleSetPriority").asText().equals("Spot");
            if (RESERVED_LABEL.matcher(key).matches() && !ofSpot) {
                throw AksErrors.invalid(
                        PARAMETER + "nodeLabels", "The label '" + key + "' is reserved for system use.");
            }
        }
        for (JsonNode taint : pool.path("nodeTaints")) {
            if (!TAINT.matcher(taint.asText()).matches()) {
                throw AksErrors.invalid(
                        PARAMETER + "nodeTaints", "'" + taint.asText() + "' is not of the form key=value:Effect.");
            }
        }
    }
}
