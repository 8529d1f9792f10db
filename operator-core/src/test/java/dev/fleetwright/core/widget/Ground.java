package dev.fleetwright.core.widget;

import static org.awaitility.Awaitility.await;

import dev.fleetwright.core.process.KubernetesClients;
import dev.fleetwright.core.process.Settings;
import dev.fleetwright.core.process.UserAgent;
import dev.fleetwright.local.SharedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A real API server that knows widgets, shared by the tests of this module; each test has a namespace of its own. */
public final class Ground {

    /** The machine that runs this may be busy with other builds; what is awaited takes a second when it is not. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private Ground() {}

    public static KubernetesClient client() {
        return Shared.CLIENT;
    }

    public static String namespace(String name) {
        client().namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    public static Settings settings(String namespace, boolean leaderElection) {
        return settings(namespace, leaderElection, Optional.empty());
    }

    public static Settings settings(String namespace, boolean leaderElection, Optional<String> instance) {
        return new Settings(
                Optional.of(Shared.KUBECONFIG),
                namespace,
                Set.of(namespace),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                leaderElection,
                instance,
                URI.create("https://127.0.0.1:1"),
                URI.create("https://127.0.0.1:1"),
                Optional.empty(),
                10);
    }

    private static final class Shared {
        private static final Path KUBECONFIG = write(SharedCluster.management().kubeconfig());
        private static final KubernetesClient CLIENT = prepared();

        private static KubernetesClient prepared() {
            var client = KubernetesClients.management(Optional.of(KUBECONFIG), new UserAgent("widget-tests", "1"));
            client.load(Ground.class.getResourceAsStream("/widget-crd.yml")).serverSideApply();
            await().pollInSameThread().atMost(PATIENCE).ignoreExceptions().until(() -> {
                client.resources(Widget.class).inNamespace("default").list();
                return true;
            });
            return client;
        }

        private static Path write(String kubeconfig) {
            try {
                var file = Files.createTempFile("ground", ".kubeconfig");
                file.toFile().deleteOnExit();
                return Files.writeString(file, kubeconfig);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
