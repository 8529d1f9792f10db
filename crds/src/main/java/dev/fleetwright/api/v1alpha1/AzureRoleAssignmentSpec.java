package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One Azure role assignment. Immutable. */
@JsonClassDescription("One Azure role assignment. Immutable.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self == oldSelf",
        message = "spec is fixed at creation, as Azure cannot change a role assignment: delete this object and make"
                + " another")
@ValidationRule(
        value = "self.scope.matches('(?i)^/subscriptions/[^/]+(/[^/]+/[^/]+)*$')",
        message = "scope is no ARM id: write it in full, as /subscriptions/.../resourceGroups/...",
        fieldPath = ".scope")
public record AzureRoleAssignmentSpec(
        @JsonPropertyDescription("The Cluster on whose behalf it stands; its identity is acted with.") @Required
        LocalRef clusterRef,

        @JsonPropertyDescription("ARM id that the role is granted on.") @Required @Size(min = 1, max = 1024)
        String scope,

        @JsonPropertyDescription("Name of a built-in role (AcrPull) or the guid of a role definition.")
        @Required
        @Size(min = 1, max = 256)
        String role,

        @JsonPropertyDescription("Object id of the principal.") @Required @Size(min = 1, max = 64)
        String principalID,

        @JsonPropertyDescription("Kind of the principal.")
        @Default("ServicePrincipal")
        @Pattern("^(ServicePrincipal|User|Group)$")
        @Nullable
        String principalType) {
    /** ServicePrincipal, User or Group; ServicePrincipal when not set. */
    public String effectivePrincipalType() {
        return principalType == null ? "ServicePrincipal" : principalType;
    }
}
