package dev.fleetwright.companion.config;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec.ContainerRegistry;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentSpec;
import dev.fleetwright.api.v1alpha1.KubeletIdentity;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.companion.anchor.Anchor;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code containerRegistries}: for each, the right to pull images for the identity of the nodes. */
final class ContainerRegistriesSection implements Section {
    private static final String ROLE = "AcrPull";
    private static final int LONGEST_PREFIX = 180;
    private static final int HASH_DIGITS = 10;

    @Override
    public String name() {
        return "container-registries";
    }

    @Override
    public String conditionType() {
        return "ContainerRegistriesReady";
    }

    @Override
    public Class<? extends CustomResource<?, ?>> childKind() {
        return AzureRoleAssignment.class;
    }

    @Override
    public Ask ask(ObjectMeta config, AzureClusterAdditionalConfigSpec spec, Anchor anchor) {
        if (spec.containerRegistries().isEmpty()) {
            return new Ask.Children(List.of());
        }
        var principal = kubeletIdentity(anchor);
        if (principal.isEmpty()) {
            return new Ask.Unknown(
                    "WaitingForKubeletIdentity",
                    "the identity that the nodes pull images with is not known before the managed cluster exists");
        }
        // A registry named twice, perhaps in another case, is one grant.
        Map<String, AzureRoleAssignment> byName = new LinkedHashMap<>();
        for (ContainerRegistry registry : spec.containerRegistries()) {
            var child = child(config, spec.clusterRef(), registry.resourceID(), principal.get());
            byName.putIfAbsent(child.getMetadata().getName(), child);
        }
        return new Ask.Children(List.copyOf(byName.values()));
    }

    private static Optional<String> kubeletIdentity(Anchor anchor) {
        return anchor.controlPlane().flatMap(plane -> {
            @Nullable ManagedControlPlaneStatus status = plane.getStatus();
            @Nullable KubeletIdentity identity = status == null ? null : status.kubeletIdentity();
            return identity == null ? Optional.empty() : Optional.ofNullable(identity.objectID());
        });
    }

    private static AzureRoleAssignment child(ObjectMeta config, LocalRef cluster, String scope, String principal) {
        var child = new AzureRoleAssignment();
        child.setMetadata(new ObjectMetaBuilder()
                .withName(name(config.getName(), scope, principal))
                .build());
        child.setSpec(new AzureRoleAssignmentSpec(cluster, scope, ROLE, principal, "ServicePrincipal"));
        return child;
    }

    /** Says what it is for, and changes with whatever an assignment cannot change: scope and principal. */
    static String name(String config, String scope, String principal) {
        var registry = ArmId.tryParse(scope).map(ArmId::name).orElse("registry");
        var prefix = (config + "-" + registry).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return prefix.substring(0, Math.min(LONGEST_PREFIX, prefix.length())) + "-" + hash(scope, principal);
    }

    private static String hash(String scope, String principal) {
        try {
            var text = (scope + "|" + principal).toLowerCase(Locale.ROOT);
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
