package dev.fleetwright.core.widget;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** Something with a spec and a status. */
@Group("test.fleetwright.dev")
@Version("v1alpha1")
public class Widget extends CustomResource<WidgetSpec, WidgetStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    public static Widget named(String namespace, String name, String colour) {
        var widget = new Widget();
        widget.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        widget.setSpec(new WidgetSpec(colour));
        return widget;
    }
}
