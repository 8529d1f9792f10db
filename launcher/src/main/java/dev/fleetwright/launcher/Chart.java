package dev.fleetwright.launcher;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fleetwright's own chart, rendered: what a real installation would apply.
 *
 * <p>On one machine the operators run as plain processes, so the Deployments are not applied; each process takes its
 * service account and its environment from its Deployment, so that what is tried here is what the chart says.
 */
final class Chart {
    private static final String COMPONENT = "app.kubernetes.io/component";
    private static final String FIELD_MANAGER = "fleetwright-launcher";
    private static final Duration ESTABLISHED = Duration.ofSeconds(30);

    private final Path folder;
    private final String namespace;
    private final List<HasMetadata> objects;

    private Chart(Path folder, String namespace, List<HasMetadata> objects) {
        this.folder = folder;
        this.namespace = namespace;
        this.objects = objects;
    }

    /**
     * Renders the chart as {@code helm template} would.
     *
     * @param values a YAML file of values
     * @throws LauncherException when the chart refuses the values
     */
    static Chart render(KubernetesClient client, Path folder, String namespace, Path values) {
        String manifests;
        try {
            manifests = new Helm(folder)
                    .template()
                    .withName("fleetwright")
                    .withNamespace(namespace)
                    .withValuesFile(values)
                    .call();
        } catch (IllegalStateException e) {
            throw new LauncherException("the chart does not render: " + e.getMessage(), e);
        }
        return new Chart(folder, namespace, Manifests.parse(client, manifests));
    }

    /** Applies the CRDs, waits until they are served, then applies everything else but the Deployments. */
    void install(KubernetesClient client) {
        List<HasMetadata> crds = definitions(client);
        crds.forEach(crd -> apply(client, crd));
        crds.forEach(crd -> client.resources(CustomResourceDefinition.class)
                .withName(crd.getMetadata().getName())
                .waitUntilCondition(Chart::established, ESTABLISHED.toMillis(), TimeUnit.MILLISECONDS));
        apply(client, Manifests.namespace(namespace));
        objects.stream().filter(object -> !(object instanceof Deployment)).forEach(object -> apply(client, object));
    }

    /** The service account of an operator's Deployment. */
    String serviceAccount(Operator operator) {
        return deployment(operator).getSpec().getTemplate().getSpec().getServiceAccountName();
    }

    /** The environment of an operator's Deployment: plain values only. */
    Map<String, String> environment(Operator operator) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : deployment(operator)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()) {
            if (variable.getValue() != null) {
                environment.put(variable.getName(), variable.getValue());
            }
        }
        return environment;
    }

    private Deployment deployment(Operator operator) {
        return objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .filter(d ->
                        operator.module().equals(d.getMetadata().getLabels().get(COMPONENT)))
                .findFirst()
                .orElseThrow(() -> new LauncherException("the chart has no Deployment for " + operator.module()));
    }

    private List<HasMetadata> definitions(KubernetesClient client) {
        try (Stream<Path> files = Files.list(folder.resolve("crds"))) {
            return files.filter(
                            f -> f.toString().endsWith(".yml") || f.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(f -> Manifests.read(client, f).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }

    private static boolean established(@org.jspecify.annotations.Nullable CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }
}
