package dev.fleetwright.local;

import dev.fleetwright.local.audit.AuditLog;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A cluster that can be talked to as its administrator, wherever it runs. Closing it releases what opening it took. */
public interface KubernetesCluster extends AutoCloseable {
    String name();

    /** A self-contained kubeconfig of an administrator: certificates and keys are inside. */
    String kubeconfig();

    /** The administrator's client. It belongs to the cluster: do not close it. */
    KubernetesClient client();

    /** What the API server was asked to write, by whom and when, where such a log is kept. */
    default Optional<AuditLog> auditLog() {
        return Optional.empty();
    }

    /**
     * A kubeconfig that acts as a service account, by a token from the TokenRequest API.
     *
     * @param lifetime at least ten minutes, which is the API server's own minimum
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the service account does not exist
     */
    default String serviceAccountKubeconfig(String namespace, String serviceAccount, Duration lifetime) {
        return Kubeconfigs.withServiceAccountToken(name(), client(), namespace, serviceAccount, lifetime);
    }

    @Override
    void close();

    /** A cluster that someone else runs; closing it closes the client alone. */
    static KubernetesCluster existing(String name, Path kubeconfig) {
        return new ExistingCluster(name, kubeconfig);
    }
}
