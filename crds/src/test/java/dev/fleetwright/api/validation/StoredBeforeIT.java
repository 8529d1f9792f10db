package dev.fleetwright.api.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.generate.CrdGenerator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects that were stored before a rule existed: nobody may be kept from labelling, finalizing or reporting on them. */
final class StoredBeforeIT {
    private static final Set<String> BOUNDS = Set.of(
            "x-kubernetes-validations",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "maxProperties");

    private static Admission admission;

    @BeforeAll
    static void start() {
        admission = Admission.start("stored-before");
    }

    @AfterAll
    static void restoreRules() {
        CrdGenerator.generate().values().forEach(admission::install);
    }

    @Test
    void whatever_the_rules_now_refuse_can_still_be_updated_elsewhere() throws IOException {
        for (String yaml : CrdGenerator.generate().values()) {
            JsonNode crd = Manifests.YAML.readTree(yaml);
            withoutBounds(crd);
            admission.install(Manifests.YAML.writeValueAsString(crd));
        }
        JsonNode probe = Manifests.YAML.readTree("{spec: {name: Not-A-Pool-Name}}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> admission.refusals(pool("probe", probe)).isEmpty());
        List<GenericKubernetesResource> stored = storeEverythingBad();
        assertThat(stored).hasSizeGreaterThan(50);

        restoreRules();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !admission.refusals(pool("probe-2", probe)).isEmpty());
        for (GenericKubernetesResource object : stored) {
            assertThat(Admission.refusals(() -> touch(object)))
                    .as("%s %s", object.getKind(), object.getAdditionalProperties())
                    .isEmpty();
        }
    }

    private static List<GenericKubernetesResource> storeEverythingBad() {
        List<GenericKubernetesResource> stored = new ArrayList<>();
        for (JsonNode row : Manifests.table("admission.yaml")) {
            ObjectNode manifest = Manifests.good(row.path("kind").asText(), "old-" + stored.size());
            Manifests.merge(manifest, row.path("change"));
            if (row.has("refused")
                    && !row.has("given")
                    && admission.refusals(manifest).isEmpty()) {
                stored.add(admission.apply(manifest));
            }
        }
        return stored;
    }

    /** An update that changes nothing, one of labels, one that adds and one that removes a finalizer, one of status. */
    private static void touch(GenericKubernetesResource object) {
        var same = admission.apiServer().resource(object).update();
        same.getMetadata().setLabels(Map.of("team", "a"));
        same.addFinalizer("fleetwright.dev/test");
        var finalized = admission.apiServer().resource(same).update();
        finalized.removeFinalizer("fleetwright.dev/test");
        var free = admission.apiServer().resource(finalized).update();
        free.setAdditionalProperty("status", Map.of("observedGeneration", 1));
        admission.apiServer().resource(free).updateStatus();
    }

    private static ObjectNode pool(String name, JsonNode change) {
        return Manifests.merge(Manifests.good("MachinePool", name), change);
    }

    private static void withoutBounds(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(BOUNDS);
        }
        node.forEach(StoredBeforeIT::withoutBounds);
    }
}
