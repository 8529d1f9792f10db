package dev.fleetwright.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A cluster in a container, for machines where Docker runs and Go does not. It has an API server and everything that
 * judges requests, but no audit log and no kwok nodes. Needs {@code org.testcontainers:testcontainers-k3s} on the class path,
 * which is an optional dependency.
 *
 * <p>Compiled against the library but never run by its authors, whose machines have no Docker.
 */
public final class K3sCluster implements KubernetesCluster {
    private static final String IMAGE = "rancher/k3s:v1.34.1-k3s1";

    private final K3sContainer container;
    private final String name;
    private final KubernetesClient client;

    private K3sCluster(String name, K3sContainer container) {
        this.name = name;
        this.container = container;
        this.client = Kubeconfigs.client(container.getKubeConfigYaml());
    }

    /** Starts a container and waits until its API server answers. */
    public static K3sCluster start(String name) {
        var container = new K3sContainer(DockerImageName.parse(IMAGE));
        container.start();
        return new K3sCluster(name, container);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kubeconfig() {
        return container.getKubeConfigYaml();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
