package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec;
import dev.fleetwright.companion.anchor.Anchor;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** One section of the spec: which child objects it asks for. Pure. */
interface Section {

    /** The condition that tells how far this section is. */
    String conditionType();

    /** A word that marks its children; never changed once released. */
    String name();

    /** The kind of its children. Sections may share a kind if the names of their children never meet. */
    Class<? extends CustomResource<?, ?>> childKind();

    /**
     * What it asks for.
     *
     * @param config name and namespace of the AzureClusterAdditionalConfig; names of children derive from them
     * @param anchor whose Cluster and ManagedControlPlane exist
     */
    Ask ask(ObjectMeta config, AzureClusterAdditionalConfigSpec spec, Anchor anchor);

    /** The answer of a section. */
    sealed interface Ask {

        /** These children and no others; metadata holds a name, everything else is put in. */
        record Children(List<? extends CustomResource<?, ?>> wanted) implements Ask {}

        /** Something it needs is not known yet: children that exist are left alone. */
        record Unknown(String reason, String message) implements Ask {}
    }
}
