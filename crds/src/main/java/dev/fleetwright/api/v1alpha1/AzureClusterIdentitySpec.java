package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.Atomic;
import dev.fleetwright.api.schema.SetList;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credentials for Azure, and who may use them. */
@JsonClassDescription("Credentials for Azure, and who may use them.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.clientID) && self.clientID != ''",
        message = "clientID is needed: add the client id of the application or identity",
        fieldPath = ".clientID")
@ValidationRule(
        value = "self.type == 'UserAssignedIdentity' || (has(self.tenantID) && self.tenantID != '')",
        message = "tenantID is needed for this type: add the id of the Entra tenant",
        fieldPath = ".tenantID")
@ValidationRule(
        value = "!self.type.startsWith('ServicePrincipal') || has(self.clientSecretRef)",
        message =
                "clientSecretRef is needed for this type: name the Secret that holds the client secret or certificate",
        fieldPath = ".clientSecretRef")
@ValidationRule(
        value = "self.type.startsWith('ServicePrincipal') || !has(self.clientSecretRef)",
        message = "clientSecretRef has no meaning for this type: remove it, or choose a ServicePrincipal type",
        fieldPath = ".clientSecretRef")
public record AzureClusterIdentitySpec(
        @JsonPropertyDescription(
                "WorkloadIdentity, ServicePrincipal, ServicePrincipalCertificate or UserAssignedIdentity.")
        @Required
        @Pattern("^(WorkloadIdentity|ServicePrincipal|ServicePrincipalCertificate|UserAssignedIdentity)$")
        String type,

        @JsonPropertyDescription("Entra tenant.") @Size(max = 64) @Nullable
        String tenantID,

        @JsonPropertyDescription("Client id of the application or identity.") @Size(max = 64) @Nullable
        String clientID,

        @JsonPropertyDescription("The client secret or certificate (PEM with key), in the identity's namespace.")
        @Nullable
        SecretKeyRef clientSecretRef,

        @JsonPropertyDescription("Namespaces whose clusters may use it; unset means its own namespace only.") @Nullable
        AllowedNamespaces allowedNamespaces) {

    /** A key of a Secret in the same namespace. */
    @Atomic
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SecretKeyRef(
            @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
            String name,

            @JsonPropertyDescription("Key inside it.") @Default("clientSecret") @Size(max = 253) @Nullable
            String key) {
        /** The key; clientSecret when not set. */
        public String effectiveKey() {
            return key == null || key.isEmpty() ? "clientSecret" : key;
        }
    }

    /** Namespaces whose clusters may use an identity. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AllowedNamespaces(
            @JsonPropertyDescription("Names of namespaces.") @Size(max = 200) @SetList
            List<@Size(min = 1, max = 63) String> list,

            @JsonPropertyDescription("Labels that a namespace must all carry.") @Size(max = 20)
            Map<String, @Size(max = 63) String> selector) {
        public AllowedNamespaces {
            list = list == null ? List.of() : List.copyOf(list);
            selector = selector == null ? Map.of() : Map.copyOf(selector);
        }
    }
}
