package dev.fleetwright.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster known by its kubeconfig alone. */
final class ExistingCluster implements KubernetesCluster {
    private final String name;
    private final String kubeconfig;
    private final KubernetesClient client;

    ExistingCluster(String name, Path file) {
        this.name = name;
        try {
            this.kubeconfig = Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the kubeconfig " + file, failure);
        }
        this.client = Kubeconfigs.client(kubeconfig);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
