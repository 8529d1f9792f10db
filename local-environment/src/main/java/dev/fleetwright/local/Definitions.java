package dev.fleetwright.local;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Puts CustomResourceDefinitions into an API server. */
record Definitions(KubernetesClient client) {
    private static final int ESTABLISHED_WITHIN_SECONDS = 30;

    /**
     * Applies every YAML file of a folder, and returns when the kinds are served.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when a definition is refused
     */
    void install(Path folder) {
        files(folder).stream()
                .flatMap(file -> read(file).stream())
                .map(definition -> client.resource(definition).forceConflicts().serverSideApply())
                .toList()
                .forEach(definition -> client.resource(definition)
                        .waitUntilCondition(Definitions::established, ESTABLISHED_WITHIN_SECONDS, TimeUnit.SECONDS));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list definitions", failure);
        }
    }

    private List<HasMetadata> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return client.load(in).items();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read a definition", failure);
        }
    }

    private static boolean established(HasMetadata object) {
        return !(object instanceof CustomResourceDefinition definition)
                || (definition.getStatus() != null
                        && definition.getStatus().getConditions() != null
                        && definition.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Established")
                                        && condition.getStatus().equals("True")));
    }
}
