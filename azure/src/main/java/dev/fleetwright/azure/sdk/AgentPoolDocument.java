package dev.fleetwright.azure.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.Scaling;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ProvisioningState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of an agent pool between ARM's words and ours: the same ones stand in the pool's own document under
 * {@code properties} and, flat, among the pools of a cluster's document.
 *
 * <p>A new property needs a line in {@link #armName}, which does not compile without it.
 */
final class AgentPoolDocument {
    /** Read-only in the 2025-09-01 model; not given back. */
    private static final List<String> READ_ONLY =
            List.of("eTag", "provisioningState", "currentOrchestratorVersion", "nodeImageVersion", "status");

    private static final ObjectMapper JSON = new ObjectMapper();

    private AgentPoolDocument() {}

    /** ARM's name of a property. */
    static String armName(AgentPoolProperty property) {
        return switch (property) {
            case VM_SIZE -> "vmSize";
            case OS_TYPE -> "osType";
            case OS_SKU -> "osSKU";
            case OS_DISK_SIZE -> "osDiskSizeGB";
            case OS_DISK_TYPE -> "osDiskType";
            case KUBELET_DISK_TYPE -> "kubeletDiskType";
            case MAX_PODS -> "maxPods";
            case ZONES -> "availabilityZones";
            case PRIORITY -> "scaleSetPriority";
            case EVICTION_POLICY -> "scaleSetEvictionPolicy";
            case SPOT_MAX_PRICE -> "spotMaxPrice";
            case SUBNET -> "vnetSubnetID";
            case POD_SUBNET -> "podSubnetID";
            case FIPS -> "enableFIPS";
            case ENCRYPTION_AT_HOST -> "enableEncryptionAtHost";
            case ULTRA_SSD -> "enableUltraSSD";
            case NODE_PUBLIC_IP -> "enableNodePublicIP";
            case NODE_PUBLIC_IP_PREFIX -> "nodePublicIPPrefixID";
            case PROXIMITY_GROUP -> "proximityPlacementGroupID";
            case CAPACITY_RESERVATION -> "capacityReservationGroupID";
            case LABELS -> "nodeLabels";
            case TAINTS -> "nodeTaints";
            case TAGS -> "tags";
            case UPGRADE_SETTINGS -> "upgradeSettings";
        };
    }

    /** The properties of a pool that does not exist yet. */
    static ObjectNode create(AgentPoolSpec spec) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        JsonNode wanted = wanted(spec);
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            set(properties, property, wanted);
        }
        properties.put("type", "VirtualMachineScaleSets");
        properties.put("mode", spec.mode());
        setSize(properties, spec);
        setVersion(properties, spec);
        return properties;
    }

    /** The properties as read, with the named fields of the spec in place of what stood there. */
    static ObjectNode update(JsonNode asRead, AgentPoolSpec spec, Set<String> fields) {
        ObjectNode properties = asRead.deepCopy();
        properties.remove(READ_ONLY);
        JsonNode wanted = wanted(spec);
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            if (fields.contains(property.field())) {
                set(properties, property, wanted);
            }
        }
        if (fields.contains("mode")) {
            properties.put("mode", spec.mode());
        }
        if (fields.contains("scaling") || fields.contains("replicas")) {
            setSize(properties, spec);
        }
        if (fields.contains("version")) {
            setVersion(properties, spec);
        }
        return properties;
    }

    /** @param properties flat, as in a cluster's document or below {@code properties} of the pool's own */
    static AgentPoolState read(ArmId id, JsonNode properties) {
        boolean autoscaled = properties.path("enableAutoScaling").asBoolean(false);
        Scaling scaling = autoscaled
                ? new Scaling(
                        properties.path("minCount").asInt(0),
                        properties.path("maxCount").asInt(0))
                : null;
        return new AgentPoolState(
                id,
                ArmReply.text(properties, "/eTag"),
                new ProvisioningState(properties.path("provisioningState").asText("")),
                properties.path("mode").asText("User"),
                template(properties),
                properties.path("count").asInt(0),
                autoscaled,
                scaling,
                ArmReply.text(properties, "/orchestratorVersion"),
                ArmReply.text(properties, "/currentOrchestratorVersion"),
                ArmReply.text(properties, "/nodeImageVersion"),
                provisioningError(properties.at("/status/provisioningError")));
    }

    private static Optional<String> provisioningError(JsonNode error) {
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        String text = code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static AgentPoolTemplate template(JsonNode properties) {
        ObjectNode ours = JsonNodeFactory.instance.objectNode();
        ours.put("vmSize", "");
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            JsonNode value = properties.path(armName(property));
            if (!value.isMissingNode() && !value.isNull()) {
                ours.set(property.field(), property == AgentPoolProperty.SPOT_MAX_PRICE ? asText(value) : value);
            }
        }
        try {
            return JSON.treeToValue(ours, AgentPoolTemplate.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an agent pool's document does not fit: " + e.getOriginalMessage(), e);
        }
    }

    /** The template in ARM's shapes, under our field names, with the owner's tag. */
    private static JsonNode wanted(AgentPoolSpec spec) {
        ObjectNode wanted = JSON.valueToTree(spec.template());
        wanted.set(AgentPoolProperty.TAGS.field(), JSON.valueToTree(spec.allTags()));
        String price = spec.template().spotMaxPrice();
        if (price != null) {
            wanted.put(AgentPoolProperty.SPOT_MAX_PRICE.field(), Double.parseDouble(price));
        }
        return wanted;
    }

    private static void set(ObjectNode properties, AgentPoolProperty property, JsonNode wanted) {
        String name = armName(property);
        JsonNode value = wanted.path(property.field());
        switch (property) {
            // Others' tags and settings stay.
            case TAGS, UPGRADE_SETTINGS -> {
                if (value.isObject()) {
                    merge(properties, name, value);
                }
            }
            // Ours as a whole, but for AKS's own.
            case LABELS -> setLabels(properties, name, value);
            case TAINTS -> setTaints(properties, name, value);
            default -> {
                if (!value.isMissingNode()) {
                    properties.set(name, value);
                }
            }
        }
    }

    private static void merge(ObjectNode properties, String name, JsonNode value) {
        ObjectNode merged = properties.path(name) instanceof ObjectNode there
                ? there.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        merged.setAll((ObjectNode) value);
        properties.set(name, merged);
    }

    private static void setLabels(ObjectNode properties, String name, JsonNode value) {
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        properties.path(name).properties().forEach(e -> {
            if (ofAzure(e.getKey())) {
                labels.set(e.getKey(), e.getValue());
            }
        });
        value.properties().forEach(e -> labels.set(e.getKey(), e.getValue()));
        properties.set(name, labels);
    }

    private static void setTaints(ObjectNode properties, String name, JsonNode value) {
        var taints = JsonNodeFactory.instance.arrayNode();
        properties.path(name).forEach(taint -> {
            if (ofAzure(taint.asText())) {
                taints.add(taint);
            }
        });
        value.forEach(taints::add);
        properties.set(name, taints);
    }

    private static boolean ofAzure(String labelOrTaint) {
        return labelOrTaint.startsWith("kubernetes.azure.com/");
    }

    private static void setSize(ObjectNode properties, AgentPoolSpec spec) {
        Scaling scaling = spec.scaling();
        if (scaling != null) {
            properties.put("enableAutoScaling", true);
            properties.put("minCount", scaling.min());
            properties.put("maxCount", scaling.max());
            // Azure wants a count even so, inside the bounds (azure-service-operator issue 3220).
            int count = properties.path("count").asInt(scaling.min());
            properties.put("count", Math.clamp(count, scaling.min(), scaling.max()));
        } else if (spec.replicas() != null) {
            properties.put("enableAutoScaling", false);
            properties.put("count", spec.replicas());
            properties.remove(List.of("minCount", "maxCount"));
        }
    }

    private static void setVersion(ObjectNode properties, AgentPoolSpec spec) {
        String version = spec.version();
        if (version != null && !version.isEmpty()) {
            properties.put("orchestratorVersion", version.startsWith("v") ? version.substring(1) : version);
        }
    }

    private static JsonNode asText(JsonNode number) {
        return TextNode.valueOf(number.asText());
    }
}
