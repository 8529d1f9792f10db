package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.rules.VmSizes.VmSize;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The combinations and ranges that an agent pool must keep to: section 7 of the protocol page as a table. Pure. */
final class PoolChecks {
    private static final String PARAMETER = "agentPoolProfile.";
    private static final int MOST_NODES = 1000;
    private static final int LEAST_SYSTEM_PODS = 30;
    private static final int LEAST_SYSTEM_MEMORY = 4096;

    /** A number of nodes, or a share of them. */
    private static final Pattern SHARE = Pattern.compile("\\d{1,4}|(\\d{1,2}|100)%");

    /**
     * What a row looks at.
     *
     * @param pool complete, with the server's defaults
     * @param request only what the client sent: some combinations are refused only when asked for
     */
    private record Asked(ObjectNode pool, ObjectNode request, VmSize size, Behaviours behaviours) {
        String text(String property) {
            return pool.path(property).asText("");
        }

        boolean spot() {
            return text("scaleSetPriority").equals("Spot");
        }

        boolean system() {
            return text("mode").equals("System");
        }

        boolean autoscaling() {
            return pool.path("enableAutoScaling").asBoolean();
        }

        int number(String property) {
            return pool.path(property).asInt();
        }
    }

    private static final List<Demand<Asked>> TABLE = List.of(
            row("count", range("count", 0, MOST_NODES), "A whole number from 0 to 1000."),
            row("minCount", range("minCount", 0, MOST_NODES), "A whole number from 0 to 1000."),
            row("maxCount", range("maxCount", 1, MOST_NODES), "A whole number from 1 to 1000."),
            row("maxPods", range("maxPods", 10, 250), "A whole number from 10 to 250."),
            row(
                    "minCount",
                    asked -> asked.autoscaling()
                            || !(asked.request().hasNonNull("minCount")
                                    || asked.request().hasNonNull("maxCount")),
                    "minCount and maxCount need enableAutoScaling to be true."),
            row(
                    "count",
                    asked -> !asked.autoscaling() || asked.request().hasNonNull("count"),
                    "count is required, also when enableAutoScaling is true."),
            row(
                    "minCount",
                    asked -> !asked.autoscaling()
                            || (asked.pool().has("minCount") && asked.pool().has("maxCount")),
                    "minCount and maxCount are required when enableAutoScaling is true."),
            row(
                    "count",
                    asked -> !asked.autoscaling()
                            || (asked.number("minCount") <= asked.number("count")
                                    && asked.number("count") <= asked.number("maxCount")),
                    "minCount <= count <= maxCount does not hold."),
            row("mode", system(asked -> asked.text("osType").equals("Linux")), "System pools must run Linux."),
            row("mode", system(asked -> !asked.spot()), "System pools can't be Spot pools."),
            row(
                    "mode",
                    system(asked -> !asked.size().burstable()),
                    "System pools can't use burstable VM sizes of the B series."),
            row(
                    "mode",
                    system(asked -> asked.size().vcpus() >= asked.behaviours().number(Behaviour.SYSTEM_POOL_VCPUS)
                            && asked.size().memoryMiB() >= LEAST_SYSTEM_MEMORY),
                    "System pools need a larger VM size: at least 4 GB of memory and 2 vCPUs, or 4 where that is asked"
                            + " for."),
            row(
                    "mode",
                    system(asked -> asked.number("maxPods") >= LEAST_SYSTEM_PODS),
                    "System pools need maxPods of at least " + LEAST_SYSTEM_PODS + "."),
            row(
                    "mode",
                    system(PoolChecks::enoughSystemNodes),
                    "System pools need at least 1 node, 2 where that is asked for."),
            row(
                    "upgradeSettings.maxSurge",
                    asked -> !asked.spot()
                            || !asked.request().path("upgradeSettings").hasNonNull("maxSurge"),
                    "Spot pools can't set max surge."),
            row(
                    "upgradeSettings.maxSurge",
                    asked -> share(asked.pool().path("upgradeSettings").path("maxSurge")),
                    "A number of nodes such as '1', or a percentage such as '33%'."),
            row(
                    "upgradeSettings.maxUnavailable",
                    asked -> share(asked.pool().path("upgradeSettings").path("maxUnavailable")),
                    "A number of nodes such as '1', or a percentage such as '33%'."),
            row(
                    "upgradeSettings.maxUnavailable",
                    system(asked -> zero(asked.pool().path("upgradeSettings").path("maxUnavailable"))),
                    "maxUnavailable can't be used on System pools."),
            row(
                    "upgradeSettings",
                    asked -> asked.spot()
                            || !zero(asked.pool().path("upgradeSettings").path("maxSurge"))
                            || !zero(asked.pool().path("upgradeSettings").path("maxUnavailable")),
                    "maxSurge and maxUnavailable can't both be 0."),
            row(
                    "scaleSetPriority",
                    asked -> asked.spot()
                            || !(asked.request().hasNonNull("scaleSetEvictionPolicy")
                                    || asked.request().hasNonNull("spotMaxPrice")),
                    "Eviction policy and spot price need scaleSetPriority 'Spot'."),
            row(
                    "spotMaxPrice",
                    asked -> !asked.pool().has("spotMaxPrice")
                            || asked.pool().path("spotMaxPrice").asDouble() > 0
                            || asked.pool().path("spotMaxPrice").asDouble() == -1,
                    "A price above 0, or -1."),
            row(
                    "type",
                    asked -> !asked.spot() || asked.text("type").equals("VirtualMachineScaleSets"),
                    "Spot pools need scale sets."),
            row(
                    "scaleDownMode",
                    asked -> !asked.text("scaleDownMode").equals("Deallocate")
                            || !asked.text("osDiskType").equals("Ephemeral"),
                    "scaleDownMode 'Deallocate' does not go with ephemeral OS disks."),
            row(
                    "nodePublicIPPrefixID",
                    asked -> asked.text("nodePublicIPPrefixID").isEmpty()
                            || asked.pool().path("enableNodePublicIP").asBoolean(),
                    "A prefix of public addresses needs enableNodePublicIP."),
            row(
                    "podSubnetID",
                    asked -> asked.text("podSubnetID").isEmpty()
                            || !asked.text("vnetSubnetID").isEmpty(),
                    "A pod subnet needs a node subnet: vnetSubnetID."),
            row(
                    "gpuInstanceProfile",
                    asked -> asked.text("gpuInstanceProfile").isEmpty(),
                    "The VM size has no GPU that could be divided."),
            row(
                    "kubeletConfig.imageGcHighThreshold",
                    asked -> asked.pool()
                                    .at("/kubeletConfig/imageGcHighThreshold")
                                    .asInt(100)
                            >= asked.pool()
                                    .at("/kubeletConfig/imageGcLowThreshold")
                                    .asInt(0),
                    "The high threshold must not be below the low one."),
            row(
                    "linuxOSConfig.swapFileSizeMB",
                    asked -> asked.pool().at("/linuxOSConfig/swapFileSizeMB").asInt() == 0
                            || !asked.pool().at("/kubeletConfig/failSwapOn").asBoolean(true),
                    "A swap file needs kubeletConfig.failSwapOn to be false."),
            row(
                    "powerState",
                    system(asked ->
                            !asked.pool().at("/powerState/code").asText().equals("Stopped")),
                    "System pools can't be stopped."),
            row("availabilityZones", PoolChecks::zonesExist, "Zones are '1', '2' and '3'."));

    private final VmSizes sizes;
    private final Behaviours behaviours;

    PoolChecks(VmSizes sizes, Behaviours behaviours) {
        this.sizes = sizes;
        this.behaviours = behaviours;
    }

    /** @param request only what the client sent */
    void check(ObjectNode pool, ObjectNode request, String location) {
        String wantedSize = pool.path("vmSize").asText();
        VmSize size = sizes.find(wantedSize).orElseThrow(() -> AksErrors.sizeUnknown(wantedSize, location));
        Demand.require(TABLE, new Asked(pool, request, size, behaviours));
        NodeMarks.check(pool);
    }

    private static Demand<Asked> row(String property, Predicate<Asked> holds, String detail) {
        return new Demand<>(PARAMETER + property, holds, detail);
    }

    private static Predicate<Asked> range(String property, int least, int most) {
        return asked ->
                !asked.pool().has(property) || (asked.number(property) >= least && asked.number(property) <= most);
    }

    private static Predicate<Asked> system(Predicate<Asked> holds) {
        return asked -> !asked.system() || holds.test(asked);
    }

    private static boolean enoughSystemNodes(Asked asked) {
        int least = asked.behaviours().number(Behaviour.SYSTEM_POOL_NODES);
        return asked.number("count") >= least && (!asked.pool().has("minCount") || asked.number("minCount") >= least);
    }

    private static boolean share(JsonNode value) {
        return value.isMissingNode() || SHARE.matcher(value.asText()).matches();
    }

    private static boolean zero(JsonNode value) {
        return value.isMissingNode() || value.asText().matches("0%?");
    }

    private static boolean zonesExist(Asked asked) {
        for (JsonNode zone : asked.pool().path("availabilityZones")) {
            if (!List.of("1", "2", "3").contains(zone.asText())) {
                return false;
            }
        }
        return true;
    }
}
