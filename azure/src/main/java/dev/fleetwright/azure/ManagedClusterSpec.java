package dev.fleetwright.azure;

import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wanted of one managed cluster.
 *
 * @param controlPlane the user's wishes; what is not set is left to Azure
 * @param owner the object that stands behind the cluster, written as a tag
 */
public record ManagedClusterSpec(ManagedControlPlaneSpec controlPlane, OwnerTag owner) {
    /** The user's tags and the owner's. */
    public Map<String, String> allTags() {
        Map<String, String> tags = new HashMap<>(controlPlane.tags());
        tags.put(OwnerTag.KEY, owner.value());
        return Map.copyOf(tags);
    }

    /** The owned fields in which Azure differs, in the order of the table. Pure; used to find drift and to write it away. */
    public List<Difference> differencesFrom(ManagedClusterState state) {
        List<Difference> differences = new ArrayList<>();
        for (ManagedClusterProperty property : ManagedClusterProperty.values()) {
            Object wanted = property.wanted(this);
            Object actual = state.reported().get(property);
            if (wanted != null && Comparison.owned(wanted) && !satisfied(property, wanted, state)) {
                differences.add(new Difference(property.field(), wanted, actual, property.changeable()));
            }
        }
        return List.copyOf(differences);
    }

    private static boolean satisfied(ManagedClusterProperty property, Object wanted, ManagedClusterState state) {
        if (property == ManagedClusterProperty.VERSION) {
            return Comparison.sameVersion(wanted.toString(), state.version(), state.currentVersion());
        }
        return Comparison.satisfied(wanted, state.reported().get(property));
    }
}
