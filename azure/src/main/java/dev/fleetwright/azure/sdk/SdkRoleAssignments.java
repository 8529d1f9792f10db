package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleAssignments;
import dev.fleetwright.azure.RoleGrant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Role assignments over ARM (aks-protocol.md section 10). */
final class SdkRoleAssignments implements RoleAssignments {
    private static final String EXISTS = "RoleAssignmentExists";
    private final ArmClient arm;

    SdkRoleAssignments(ArmClient arm) {
        this.arm = arm;
    }

    @Override
    public Optional<RoleAssignment> get(ArmId id) {
        String doing = "read role assignment " + id;
        ArmReply reply = arm.get(id, ApiVersions.ROLE_ASSIGNMENTS, doing);
        if (Absence.of(reply) != Absence.UNKNOWN) {
            return Optional.empty();
        }
        return Optional.of(read(arm.accepted(reply, doing).body()));
    }

    @Override
    public List<RoleAssignment> list(ArmId scope, String principalID) {
        // assignedTo() would look groups up; atScope() brings what is inherited, which the scope tells apart.
        String filter = URLEncoder.encode("principalId eq '" + principalID + "'", StandardCharsets.UTF_8)
                .replace("+", "%20");
        String path = ArmClient.path(scope) + "/providers/Microsoft.Authorization/roleAssignments?$filter=" + filter;
        List<RoleAssignment> assignments = new ArrayList<>();
        for (JsonNode item : arm.list(path, ApiVersions.ROLE_ASSIGNMENTS, "list the role assignments of " + scope)) {
            RoleAssignment assignment = read(item);
            if (assignment.scope().equals(scope) && assignment.principalID().equalsIgnoreCase(principalID)) {
                assignments.add(assignment);
            }
        }
        return List.copyOf(assignments);
    }

    @Override
    public RoleAssignment ensure(RoleGrant grant) {
        String doing = "assign role " + grant.roleGUID() + " at " + grant.scope() + " to " + grant.principalID();
        ArmReply reply = arm.attempt(
                HttpMethod.PUT,
                ArmClient.path(grant.assignmentID()),
                ApiVersions.ROLE_ASSIGNMENTS,
                body(grant),
                new ArmCondition.None(),
                doing);
        if (reply.status() == 409 && arm.error(reply).code().equalsIgnoreCase(EXISTS)) {
            return list(grant.scope(), grant.principalID()).stream()
                    .filter(a -> a.gives(grant))
                    .findFirst()
                    // Azure says it exists and does not list it: one of the two is late. Its answer stands.
                    .orElseThrow(() -> arm.error(reply).toException(doing));
        }
        return read(arm.accepted(reply, doing).body());
    }

    @Override
    public void delete(ArmId id) {
        arm.delete(id, ApiVersions.ROLE_ASSIGNMENTS, new ArmCondition.None(), "delete role assignment " + id);
    }

    private static ObjectNode body(RoleGrant grant) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("properties")
                .put("roleDefinitionId", grant.roleDefinitionID())
                .put("principalId", grant.principalID())
                .put("principalType", grant.principalType());
        return body;
    }

    private static RoleAssignment read(JsonNode document) {
        JsonNode properties = document.path("properties");
        return new RoleAssignment(
                ArmId.parse(document.path("id").asText()),
                ArmId.parse(properties.path("scope").asText()),
                properties.path("roleDefinitionId").asText(""),
                properties.path("principalId").asText(""),
                properties.path("principalType").asText(""));
    }
}
