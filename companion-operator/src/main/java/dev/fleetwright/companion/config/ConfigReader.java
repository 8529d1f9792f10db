package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigStatus;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.companion.anchor.Anchor;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.companion.anchor.Stage;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Observes: reads caches.
 *
 * @param caches of the kinds that sections use, filed by {@link #fileUnder}
 */
record ConfigReader(
        Anchors anchors, List<Section> sections, Map<Class<?>, Watch<? extends CustomResource<?, ?>>> caches) {

    ConfigObservation observe(Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass) {
        var config = pass.resource();
        var namespace = config.getMetadata().getNamespace();
        var anchor = anchors.find(namespace, config.getSpec().clusterRef());
        boolean ask = !pass.deleting() && anchor.stage() == Stage.LIVING;
        return new ConfigObservation(
                anchor.stage(),
                anchor.missing(),
                anchor.pausedBy(config),
                ask
                        ? sections.stream()
                                .map(section -> state(section, config, anchor))
                                .toList()
                        : List.of(),
                sections.stream()
                        .map(Section::childKind)
                        .distinct()
                        .flatMap(kind -> inNamespace(kind, namespace))
                        .filter(child -> child.ownedBy(pass.uid()))
                        .toList());
    }

    private SectionState state(Section section, AzureClusterAdditionalConfig config, Anchor anchor) {
        var ask = switch (section.ask(config.getMetadata(), config.getSpec(), anchor)) {
            case Section.Ask.Unknown unknown -> unknown;
            case Section.Ask.Children(var wanted) -> {
                wanted.forEach(child -> complete(child, section, config, anchor));
                yield new Section.Ask.Children(wanted);
            }
        };
        return new SectionState(
                section,
                ask,
                inNamespace(section.childKind(), config.getMetadata().getNamespace())
                        .toList(),
                config.getMetadata().getUid());
    }

    private Stream<Child> inNamespace(Class<?> kind, String namespace) {
        var cache = caches.get(kind);
        return cache == null
                ? Stream.empty()
                : cache.lookup(fileUnder(namespace)).stream().map(Child::new);
    }

    /** The key of caches of children. */
    static String fileUnder(String namespace) {
        return "namespace " + namespace;
    }

    /** Children belong to the config, and to the Cluster as everything does. */
    private static void complete(
            CustomResource<?, ?> child, Section section, AzureClusterAdditionalConfig config, Anchor anchor) {
        Cluster cluster = anchor.cluster().orElseThrow();
        child.setMetadata(new ObjectMetaBuilder()
                .withNamespace(config.getMetadata().getNamespace())
                .withName(child.getMetadata().getName())
                .withLabels(Map.of(Child.SECTION_LABEL, section.name()))
                .withOwnerReferences(owner(config, true), owner(cluster, null))
                .build());
    }

    private static OwnerReference owner(HasMetadata object, @Nullable Boolean controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withController(controller)
                .build();
    }
}
