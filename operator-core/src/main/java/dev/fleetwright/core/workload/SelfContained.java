package dev.fleetwright.core.workload;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a kubeconfig may be used. One that runs a command or reads files would let whoever can write a Secret do
 * both inside the operator.
 */
final class SelfContained {

    private SelfContained() {}

    /** What is wrong with it; empty when it may be used. Never quotes its content. */
    static Optional<String> problem(String kubeconfig) {
        Config parsed;
        try {
            // Parsing only: making a client configuration of it would run its command already.
            parsed = KubeConfigUtils.parseConfigFromString(kubeconfig);
        } catch (RuntimeException e) {
            return Optional.of("the kubeconfig cannot be parsed");
        }
        boolean namesServer = parsed != null
                && parsed.getClusters().stream()
                        .map(NamedCluster::getCluster)
                        .anyMatch(cluster -> cluster != null && isSet(cluster.getServer()));
        if (!namesServer) {
            return Optional.of("the kubeconfig names no server");
        }
        boolean readsFiles = parsed.getClusters().stream()
                        .map(NamedCluster::getCluster)
                        .anyMatch(cluster -> cluster != null && isSet(cluster.getCertificateAuthority()))
                || parsed.getUsers().stream().map(NamedAuthInfo::getUser).anyMatch(SelfContained::readsFiles);
        if (readsFiles) {
            return Optional.of("the kubeconfig refers to files; it must hold certificates and tokens itself");
        }
        boolean runsCommands = parsed.getUsers().stream()
                .map(NamedAuthInfo::getUser)
                .anyMatch(user -> user != null && (user.getExec() != null || user.getAuthProvider() != null));
        return runsCommands
                ? Optional.of("the kubeconfig runs a command for its credentials; it must hold them itself")
                : Optional.empty();
    }

    private static boolean readsFiles(@Nullable AuthInfo user) {
        return user != null
                && (isSet(user.getClientCertificate()) || isSet(user.getClientKey()) || isSet(user.getTokenFile()));
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }
}
