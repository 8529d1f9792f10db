package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.azure.ManagedClusterSpec;
import dev.fleetwright.azure.OwnerTag;
import java.util.Map;

/** What an object asks of its managed cluster. */
final class WantedCluster {
    private static final String ADOPT = "fleetwright.dev/adopt";
    private static final String RECREATE = "fleetwright.dev/recreate";

    private WantedCluster() {}

    static ManagedClusterSpec of(ManagedControlPlane object) {
        return new ManagedClusterSpec(object.getSpec(), owner(object));
    }

    /** The same with another version, such as the running one, to leave the version as it is. */
    static ManagedClusterSpec withVersion(ManagedControlPlane object, String version) {
        ManagedControlPlaneSpec s = object.getSpec();
        var changed = new ManagedControlPlaneSpec(
                s.clusterRef(),
                s.identityRef(),
                s.subscriptionID(),
                s.resourceGroupName(),
                s.name(),
                s.nodeResourceGroupName(),
                s.location(),
                version,
                s.dnsPrefix(),
                s.sku(),
                s.network(),
                s.apiServerAccess(),
                s.aad(),
                s.disableLocalAccounts(),
                s.oidcIssuerEnabled(),
                s.workloadIdentityEnabled(),
                s.autoUpgrade(),
                s.autoscalerProfile(),
                s.tags());
        return new ManagedClusterSpec(changed, owner(object));
    }

    /** The tag by which a resource group or managed cluster is known as this object's. */
    static OwnerTag owner(ManagedControlPlane object) {
        var metadata = object.getMetadata();
        return new OwnerTag(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    /** Whether an existing managed cluster may be taken over. */
    static boolean adopts(ManagedControlPlane object) {
        return "true".equals(annotations(object).get(ADOPT));
    }

    /** Whether a managed cluster that vanished may be made anew, empty. */
    static boolean recreates(ManagedControlPlane object) {
        return "true".equals(annotations(object).get(RECREATE));
    }

    /** Whether Azure upgrades the version by itself. */
    static boolean upgradesItself(ManagedControlPlane object) {
        var upgrade = object.getSpec().autoUpgrade();
        return upgrade != null
                && upgrade.upgradeChannel() != null
                && !upgrade.upgradeChannel().equals("none");
    }

    private static Map<String, String> annotations(ManagedControlPlane object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
