package dev.fleetwright.azure.sdk;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ManagedClusterProperty;
import dev.fleetwright.azure.ManagedClusterSpec;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.ProvisioningState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A managed cluster between ARM's document and ours, along the table of {@link ManagedClusterProperty}. */
final class ManagedClusterDocument {
    /** Read-only in the 2025-09-01 model; not given back. */
    private static final List<String> READ_ONLY = List.of("id", "name", "type", "eTag", "systemData");

    private static final List<String> READ_ONLY_PROPERTIES = List.of(
            "provisioningState",
            "powerState",
            "currentKubernetesVersion",
            "maxAgentPools",
            "fqdn",
            "privateFQDN",
            "azurePortalFQDN",
            "resourceUID",
            "privateLinkResources",
            "status");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManagedClusterDocument() {}

    /** The document of a cluster that does not exist yet. */
    static ObjectNode create(ArmId id, ManagedClusterSpec spec, List<AgentPoolSpec> pools) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("identity").put("type", "SystemAssigned");
        ObjectNode properties = document.putObject("properties");
        // Azure wants one at creation, and none may be added later.
        properties.put("dnsPrefix", id.name());
        for (ManagedClusterProperty property : ManagedClusterProperty.values()) {
            set(document, property, property.wanted(spec));
        }
        ArrayNode profiles = properties.putArray("agentPoolProfiles");
        for (AgentPoolSpec pool : pools) {
            ObjectNode profile = JsonNodeFactory.instance.objectNode();
            profile.put("name", pool.name());
            profile.setAll(AgentPoolDocument.create(pool));
            profiles.add(profile);
        }
        return document;
    }

    /** The document as read, without its pools, with the named fields of the spec in place of what stood there. */
    static ObjectNode update(JsonNode asRead, ManagedClusterSpec spec, Set<String> fields) {
        ObjectNode document = asRead.deepCopy();
        document.remove(READ_ONLY);
        if (document.path("properties") instanceof ObjectNode properties) {
            properties.remove(READ_ONLY_PROPERTIES);
            properties.remove("agentPoolProfiles");
            // The server filled it in then, and takes only one that belongs to a user-assigned identity.
            if (!document.at("/identity/type").asText("").contains("UserAssigned")) {
                properties.remove("identityProfile");
            }
        }
        if (document.path("identity") instanceof ObjectNode identity) {
            identity.remove(List.of("principalId", "tenantId"));
        }
        for (ManagedClusterProperty property : ManagedClusterProperty.values()) {
            if (fields.contains(property.field())) {
                set(document, property, property.wanted(spec));
            }
        }
        return document;
    }

    static ManagedClusterState read(JsonNode document) {
        ArmId id = ArmId.parse(document.path("id").asText());
        return new ManagedClusterState(
                id,
                document.path("location").asText(""),
                ArmReply.eTag(document),
                new ProvisioningState(
                        document.at("/properties/provisioningState").asText("")),
                ArmReply.text(document, "/properties/powerState/code"),
                ArmReply.text(document, "/properties/kubernetesVersion"),
                ArmReply.text(document, "/properties/currentKubernetesVersion"),
                ArmReply.text(document, "/properties/privateFQDN")
                        .or(() -> ArmReply.text(document, "/properties/fqdn")),
                ArmReply.text(document, "/properties/nodeResourceGroup"),
                ArmReply.text(document, "/properties/identityProfile/kubeletidentity/objectId"),
                ArmReply.text(document, "/identity/principalId"),
                ArmReply.text(document, "/properties/oidcIssuerProfile/issuerURL"),
                texts(document.path("tags")),
                reported(document),
                pools(id, document.at("/properties/agentPoolProfiles")));
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(e -> {
            if (!e.getValue().isNull()) {
                texts.put(e.getKey(), e.getValue().asText());
            }
        });
        return texts;
    }

    private static List<AgentPoolState> pools(ArmId cluster, JsonNode profiles) {
        List<AgentPoolState> pools = new ArrayList<>();
        for (JsonNode profile : profiles) {
            pools.add(AgentPoolDocument.read(
                    cluster.agentPool(profile.path("name").asText()), profile));
        }
        return pools;
    }

    private static Map<ManagedClusterProperty, Object> reported(JsonNode document) {
        Map<ManagedClusterProperty, Object> reported = new EnumMap<>(ManagedClusterProperty.class);
        for (ManagedClusterProperty property : ManagedClusterProperty.values()) {
            value(document.at(property.pointer())).ifPresent(v -> reported.put(property, v));
        }
        return reported;
    }

    private static Optional<Object> value(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.isBoolean()) {
            return Optional.of(node.asBoolean());
        }
        if (node.isArray()) {
            List<String> values = new ArrayList<>();
            node.forEach(v -> values.add(v.asText()));
            return Optional.of(List.copyOf(values));
        }
        return Optional.of(node.isObject() ? Map.copyOf(texts(node)) : node.asText());
    }

    private static void set(ObjectNode document, ManagedClusterProperty property, @Nullable Object wanted) {
        JsonNode value = JSON.valueToTree(wanted);
        boolean left = value.isNull()
                || (value.isTextual() ? value.textValue().isEmpty() : value.isContainerNode() && value.isEmpty());
        if (left) {
            return;
        }
        JsonPointer pointer = JsonPointer.compile(property.pointer());
        ObjectNode parent = document.withObject(pointer.head(), JsonNode.OverwriteMode.NULLS, true);
        String name = pointer.last().getMatchingProperty();
        if (value.isObject() && parent.path(name) instanceof ObjectNode there) {
            // Keys that are not ours stay.
            there.setAll((ObjectNode) value);
        } else {
            parent.set(name, value);
        }
    }
}
