package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an AKS managed cluster. */
@JsonClassDescription("What is known of an AKS managed cluster.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ManagedControlPlaneStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription("For display only.") @Size(max = 32) @Nullable
        String phase,

        @JsonPropertyDescription("ARM id of the managed cluster.") @Size(max = 512) @Nullable
        String id,

        @JsonPropertyDescription("What Azure last reported, as Azure spells it.") @Size(max = 64) @Nullable
        String provisioningState,

        @JsonPropertyDescription("Version the control plane runs.") @Size(max = 32) @Nullable
        String version,

        @JsonPropertyDescription("Address of the API server.") @Size(max = 512) @Nullable
        String endpoint,

        @JsonPropertyDescription("Resource group of the nodes.") @Size(max = 90) @Nullable
        String nodeResourceGroup,

        @JsonPropertyDescription("Issuer of the cluster's service account tokens.") @Size(max = 512) @Nullable
        String oidcIssuerURL,

        @JsonPropertyDescription("Identity that the nodes pull images with.") @Nullable
        KubeletIdentity kubeletIdentity,

        @JsonPropertyDescription("ETag of the managed cluster as last read.") @Size(max = 256) @Nullable
        String eTag,

        @JsonPropertyDescription("The operation of ours that runs, if any.") @Nullable
        OperationRef operation,

        @JsonPropertyDescription("Cluster API contract: always true.") @Nullable
        Boolean externalManagedControlPlane,

        @JsonPropertyDescription("Cluster API contract: what has come into being once.") @Nullable
        Initialization initialization,

        @JsonPropertyDescription("True when the resource group was made by us.") @Nullable
        Boolean resourceGroupOwned)
        implements ConditionedStatus {
    public ManagedControlPlaneStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** Nothing observed yet but what is always so. */
    public static ManagedControlPlaneStatus empty() {
        return new ManagedControlPlaneStatus(
                null, List.of(), List.of(), null, null, null, null, null, null, null, null, null, null, true, null,
                null);
    }

    public ManagedControlPlaneStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withConditions(List<Condition> conditions) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withPhase(@Nullable String phase) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withId(@Nullable String id) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withProvisioningState(@Nullable String provisioningState) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withVersion(@Nullable String version) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withEndpoint(@Nullable String endpoint) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withNodeResourceGroup(@Nullable String nodeResourceGroup) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withOidcIssuerURL(@Nullable String oidcIssuerURL) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withKubeletIdentity(@Nullable KubeletIdentity kubeletIdentity) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withETag(@Nullable String eTag) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withOperation(@Nullable OperationRef operation) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withInitialization(@Nullable Initialization initialization) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    public ManagedControlPlaneStatus withResourceGroupOwned(@Nullable Boolean resourceGroupOwned) {
        return new ManagedControlPlaneStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                endpoint,
                nodeResourceGroup,
                oidcIssuerURL,
                kubeletIdentity,
                eTag,
                operation,
                externalManagedControlPlane,
                initialization,
                resourceGroupOwned);
    }

    /** What has come into being once; never goes back. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Initialization(
            @JsonPropertyDescription("True once the API server answered.") @Nullable
            Boolean controlPlaneInitialized) {}
}
