package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.ProvisioningState;
import dev.fleetwright.azure.ResourceGroupState;
import dev.fleetwright.azure.ResourceGroups;
import dev.fleetwright.azure.Submitted;
import java.util.Map;
import java.util.Optional;

/** Resource groups over ARM. */
final class SdkResourceGroups implements ResourceGroups {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ArmClient arm;

    SdkResourceGroups(ArmClient arm) {
        this.arm = arm;
    }

    @Override
    public Optional<ResourceGroupState> get(ArmId id) {
        String doing = "read resource group " + id;
        ArmReply reply = arm.get(id, ApiVersions.RESOURCE_GROUPS, doing);
        if (Absence.of(reply) != Absence.UNKNOWN) {
            return Optional.empty();
        }
        var body = arm.accepted(reply, doing).body();
        return Optional.of(new ResourceGroupState(
                id,
                body.path("location").asText(""),
                ManagedClusterDocument.texts(body.path("tags")),
                new ProvisioningState(body.at("/properties/provisioningState").asText(""))));
    }

    @Override
    public Submitted create(ArmId id, String location, Map<String, String> tags) {
        ObjectNode body = JSON.createObjectNode().put("location", location);
        body.set("tags", JSON.valueToTree(tags));
        return arm.write(
                        HttpMethod.PUT,
                        id,
                        ApiVersions.RESOURCE_GROUPS,
                        body,
                        new ArmCondition.None(),
                        "create resource group " + id)
                .submitted();
    }

    @Override
    public boolean isEmpty(ArmId id) {
        return get(id).isEmpty()
                || arm.list(
                                ArmClient.path(id) + "/resources",
                                ApiVersions.RESOURCE_GROUPS,
                                "list what is in resource group " + id)
                        .isEmpty();
    }

    @Override
    public Submitted delete(ArmId id) {
        return arm.delete(id, ApiVersions.RESOURCE_GROUPS, new ArmCondition.None(), "delete resource group " + id);
    }
}
