package dev.fleetwright.companion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.local.SharedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples, as the API server with the chart's CRDs sees them. */
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "fleet-edit", "workloads"})
    void everyObjectIsAcceptedAsItStands(String folder) {
        KubernetesClient client = SharedCluster.management(Ground.CRDS).client();
        var objects = read(client, EXAMPLES.resolve(folder));
        assertThat(objects).isNotEmpty();
        for (HasMetadata object : objects) {
            var namespace = object.getMetadata().getNamespace();
            if (namespace != null) {
                Ground.createNamespace(client, namespace);
            }
            var accepted = client.resource(object)
                    .dryRun()
                    .fieldManager("examples")
                    .forceConflicts()
                    .serverSideApply();
            assertThat(accepted.getMetadata().getName())
                    .isEqualTo(object.getMetadata().getName());
        }
    }

    private static List<HasMetadata> read(KubernetesClient client, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .flatMap(file -> client.load(open(file)).items().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
