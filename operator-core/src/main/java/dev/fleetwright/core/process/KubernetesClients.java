package dev.fleetwright.core.process;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/** How our Kubernetes clients are made. */
public final class KubernetesClients {

    /** Short, because the lease is renewed through this client and a call that hangs must not outlive the lease. */
    private static final int REQUEST_TIMEOUT_MILLIS = 3_000;

    /** Not zero: a starting API server answers 429 to the first LIST of a custom kind, which would end our start. */
    private static final int RETRIES = 2;

    private KubernetesClients() {}

    /** The client of the management cluster, for the framework, for leases, statuses and events. */
    public static KubernetesClient management(Optional<Path> kubeconfig, UserAgent agent) {
        var config = kubeconfig
                .map(file -> Config.fromKubeconfig(file.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        var ours = new ConfigBuilder(config)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withConnectionTimeout(REQUEST_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withUserAgent(agent.value())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(ours)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withKubernetesSerialization(tolerant())
                .build();
    }

    /**
     * A client of a workload cluster: no hidden retries, since a repeated eviction could hit the wrong pod, and all
     * its work on the given executor.
     *
     * @param requestTimeoutMillis of a single call
     */
    public static KubernetesClient workload(
            String kubeconfig, UserAgent agent, int requestTimeoutMillis, Executor executor) {
        var config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withRequestTimeout(requestTimeoutMillis)
                .withConnectionTimeout(requestTimeoutMillis)
                .withRequestRetryBackoffLimit(0)
                .withUserAgent(agent.value())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withTaskExecutor(executor)
                .withHttpClientFactory(sharing(executor))
                .withKubernetesSerialization(tolerant())
                .build();
    }

    /**
     * Unknown fields are ignored: one object with a field that our classes lack (a CRD newer than the operator) would
     * otherwise end the informer, and with it the start. The feature is set after the constructor, which resets it.
     */
    public static KubernetesSerialization tolerant() {
        var mapper = new ObjectMapper();
        var serialization = new KubernetesSerialization(mapper, true);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        return serialization;
    }

    private static HttpClient.Factory sharing(Executor executor) {
        return new JdkHttpClientFactory() {
            @Override
            protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
                return java.net.http.HttpClient.newBuilder().executor(executor);
            }
        };
    }
}
