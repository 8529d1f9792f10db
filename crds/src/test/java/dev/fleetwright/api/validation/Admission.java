package dev.fleetwright.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.api.generate.CrdGenerator;
import dev.fleetwright.local.SharedCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The API server with our CRDs, and a namespace of the test's own. */
final class Admission {
    /** How server-side apply answers what it cannot even read by the schema. */
    private static final String UNTYPED = "failed to create typed patch object";

    /** Stands beside the cause when a value is too long for rules to be run on it. */
    private static final String NOT_CHECKED = "some validation rules were not checked";

    private final KubernetesClient client;
    private final String namespace;

    private Admission(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Some refusals come as 500, which the client by default tries again for 19 s; a kind just installed needs a retry. */
    private static KubernetesClient client() {
        var config = SharedCluster.management().client().getConfiguration();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(3)
                        .build())
                .build();
    }

    /** Applies every CRD as it would be committed now. */
    static Admission start(String namespace) {
        Admission admission = new Admission(client(), namespace);
        CrdGenerator.generate().values().forEach(admission::install);
        admission
                .client
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return admission;
    }

    /** Applies by server-side apply, which refuses a CRD that holds one rule twice; waits until it is served. */
    void install(String yaml) {
        var crd = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        client.resource(crd).fieldManager("test").forceConflicts().serverSideApply();
        client.resources(CustomResourceDefinition.class)
                .withName(crd.getMetadata().getName())
                .waitUntilCondition(
                        stored -> stored != null
                                && stored.getStatus() != null
                                && stored.getStatus().getConditions() != null
                                && stored.getStatus().getConditions().stream()
                                        .anyMatch(c -> c.getType().equals("Established")
                                                && c.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    KubernetesClient apiServer() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    /** Server-side apply of the manifest, as GitOps does it. */
    GenericKubernetesResource apply(JsonNode manifest) {
        return client.resource(parse(manifest))
                .inNamespace(namespace)
                .fieldManager("gitops")
                .forceConflicts()
                .serverSideApply();
    }

    GenericKubernetesResource parse(JsonNode manifest) {
        return Serialization.unmarshal(manifest.toString(), GenericKubernetesResource.class);
    }

    /** What the API server says against it, one text per refusal; empty when it accepts. */
    List<String> refusals(JsonNode manifest) {
        return refusals(() -> apply(manifest));
    }

    static List<String> refusals(Runnable call) {
        try {
            call.run();
            return List.of();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 500 && e.getMessage().contains(UNTYPED)) {
                return List.of(e.getStatus().getMessage());
            }
            if (e.getCode() != 422) {
                throw e;
            }
            return e.getStatus().getDetails().getCauses().stream()
                    .map(Admission::text)
                    .filter(text -> !text.contains(NOT_CHECKED))
                    .toList();
        }
    }

    private static String text(StatusCause cause) {
        return cause.getField() + ": " + cause.getMessage();
    }
}
