package dev.fleetwright.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** Writes self-contained kubeconfigs, and clients from them. */
final class Kubeconfigs {
    private Kubeconfigs() {}

    static String withCertificate(String cluster, String server, String authority, String user, Pem pem) {
        return text(
                cluster, server, encode(authority), user, """
                    client-certificate-data: %s
                        client-key-data: %s\
                    """.formatted(encode(pem.certificate()), encode(pem.key())));
    }

    static String withServiceAccountToken(
            String cluster, KubernetesClient client, String namespace, String serviceAccount, Duration lifetime) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(lifetime.toSeconds())
                .endSpec()
                .build();
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        Config config = client.getConfiguration();
        return text(
                cluster,
                client.getMasterUrl().toString(),
                authority(config),
                namespace + "-" + serviceAccount,
                "token: " + token);
    }

    static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    /** A client that says at once what it sees: no retries, and no more than two seconds for an answer. */
    static KubernetesClient probe(String kubeconfig) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(2000)
                .withConnectionTimeout(2000)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static String authority(Config config) {
        if (config.getCaCertData() != null) {
            return config.getCaCertData();
        }
        try {
            return config.getCaCertFile() == null
                    ? ""
                    : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String text(String cluster, String server, String authority, String user, String credential) {
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - name: %1$s
              cluster:
                server: %2$s
                certificate-authority-data: %3$s
            users:
            - name: %4$s
              user:
                %5$s
            contexts:
            - name: %1$s
              context:
                cluster: %1$s
                user: %4$s
            current-context: %1$s
            """.formatted(cluster, server, authority, user, credential);
    }
}
