package dev.fleetwright.api.v1alpha1;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Azure can do about a change of each field of an {@link AgentPoolTemplate}: the one table that admission, the diff
 * and the replacement planner read.
 *
 * <p>Source: the agent pool API of 2025-09-01, vendor documentation and the validation of other providers. Where they
 * disagree the more careful class is taken.
 */
public enum AgentPoolProperty {
    VM_SIZE("vmSize", Change.REPLACE, AgentPoolTemplate::vmSize),
    OS_TYPE("osType", Change.REPLACE, AgentPoolTemplate::effectiveOsType),
    OS_SKU("osSKU", Change.REPLACE, AgentPoolTemplate::osSKU),
    OS_DISK_SIZE("osDiskSizeGB", Change.REPLACE, AgentPoolTemplate::osDiskSizeGB),
    OS_DISK_TYPE("osDiskType", Change.REPLACE, AgentPoolTemplate::osDiskType),
    KUBELET_DISK_TYPE("kubeletDiskType", Change.REPLACE, AgentPoolTemplate::kubeletDiskType),
    MAX_PODS("maxPods", Change.REPLACE, AgentPoolTemplate::maxPods),
    ZONES("zones", Change.REPLACE, t -> Set.copyOf(t.zones())),
    PRIORITY("scaleSetPriority", Change.REPLACE, AgentPoolTemplate::scaleSetPriority),
    EVICTION_POLICY("scaleSetEvictionPolicy", Change.REPLACE, AgentPoolTemplate::scaleSetEvictionPolicy),
    SPOT_MAX_PRICE("spotMaxPrice", Change.REPLACE, AgentPoolTemplate::spotMaxPrice),
    SUBNET("vnetSubnetID", Change.REPLACE, AgentPoolTemplate::vnetSubnetID),
    POD_SUBNET("podSubnetID", Change.REPLACE, AgentPoolTemplate::podSubnetID),
    FIPS("enableFIPS", Change.REPLACE, AgentPoolTemplate::enableFIPS),
    ENCRYPTION_AT_HOST("enableEncryptionAtHost", Change.REPLACE, AgentPoolTemplate::enableEncryptionAtHost),
    ULTRA_SSD("enableUltraSSD", Change.REPLACE, AgentPoolTemplate::enableUltraSSD),
    NODE_PUBLIC_IP("enableNodePublicIP", Change.REPLACE, AgentPoolTemplate::enableNodePublicIP),
    NODE_PUBLIC_IP_PREFIX("nodePublicIPPrefixID", Change.REPLACE, AgentPoolTemplate::nodePublicIPPrefixID),
    PROXIMITY_GROUP("proximityPlacementGroupID", Change.REPLACE, AgentPoolTemplate::proximityPlacementGroupID),
    CAPACITY_RESERVATION("capacityReservationGroupID", Change.REPLACE, AgentPoolTemplate::capacityReservationGroupID),
    LABELS("labels", Change.IN_PLACE, AgentPoolTemplate::labels),
    TAINTS("taints", Change.IN_PLACE, t -> Set.copyOf(t.taints())),
    TAGS("tags", Change.IN_PLACE, AgentPoolTemplate::tags),
    UPGRADE_SETTINGS("upgradeSettings", Change.IN_PLACE, AgentPoolTemplate::upgradeSettings);

    /** What it takes to change a field. */
    public enum Change {
        /** Existing nodes are kept as they are. */
        IN_PLACE,
        /** Azure refuses the change: it takes another agent pool. */
        REPLACE
    }

    private final String field;
    private final Change change;
    private final Function<AgentPoolTemplate, @Nullable Object> value;

    AgentPoolProperty(String field, Change change, Function<AgentPoolTemplate, @Nullable Object> value) {
        this.field = field;
        this.change = change;
        this.value = value;
    }

    /** Name of the field in {@code spec.template}. */
    public String field() {
        return field;
    }

    /** What it takes to change it. */
    public Change change() {
        return change;
    }

    /** The value in a template; null when not set. */
    public @Nullable Object value(AgentPoolTemplate template) {
        return value.apply(template);
    }

    /** The properties of this class in which the two templates differ, in the order of the table. */
    public static List<AgentPoolProperty> differing(AgentPoolTemplate from, AgentPoolTemplate to, Change change) {
        List<AgentPoolProperty> differing = new ArrayList<>();
        for (AgentPoolProperty property : values()) {
            if (property.change == change && !Objects.equals(property.value(from), property.value(to))) {
                differing.add(property);
            }
        }
        return differing;
    }
}
