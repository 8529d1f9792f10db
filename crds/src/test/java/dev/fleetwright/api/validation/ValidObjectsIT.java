package dev.fleetwright.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold for every valid object, on a real API server. */
final class ValidObjectsIT {
    /** Changes that one rule refuses, for the kinds whose rules are not about single fixed fields. */
    private static final Map<String, Mutation> OTHER_MUTATIONS = Map.of(
            "NodepoolReplacement", mutation("{spec: {clusterRef: {name: another}}}", "it is the plan that was begun"),
            "AzureRoleAssignment", mutation("{spec: {role: Owner}}", "Azure cannot change a role assignment"),
            "AzureClusterIdentity", mutation("{spec: {clientID: null}}", "clientID is needed"),
            "Nodepool", mutation("{spec: {replicas: 1, scaling: {min: 1, max: 2}}}", "exactly one of replicas"));

    private static final Pattern FIXED_FIELD = Pattern.compile("is fixed at creation|stays as it was set");

    private static final List<JsonNode> FIXED = Manifests.table("fixed.yaml");

    private static Admission admission;

    private final AtomicInteger number = new AtomicInteger();

    @BeforeAll
    static void start() {
        admission = Admission.start("valid");
    }

    @Test
    void it_is_accepted_stays_accepted_unchanged_and_one_wrong_change_is_refused_by_its_rule() {
        Gen<Case> cases = random -> new Case(ValidSpecs.objects().next(random), random.nextLong());
        Property.check("admission of valid objects", 60, cases, this::check);
    }

    private void check(Case input) {
        ObjectNode manifest = Serialization.jsonMapper().valueToTree(input.object());
        manifest.putObject("metadata").put("name", "v" + number.incrementAndGet());
        manifest.remove("status");
        GenericKubernetesResource created = admission.apply(manifest);
        long generation = created.getMetadata().getGeneration();

        var again = admission.apply(manifest);
        assertThat(again.getMetadata().getResourceVersion())
                .as("an apply of the same changes nothing")
                .isEqualTo(created.getMetadata().getResourceVersion());

        var typed = stored(input.object(), created).get();
        var put = admission.apiServer().resource(typed).update();
        assertThat(put.getMetadata().getGeneration())
                .as("an update by the Java types changes no spec")
                .isEqualTo(generation);

        put.addFinalizer("fleetwright.dev/test");
        var withFinalizer = admission.apiServer().resource(put).update();
        withFinalizer.removeFinalizer("fleetwright.dev/test");
        assertThat(admission
                        .apiServer()
                        .resource(withFinalizer)
                        .update()
                        .getMetadata()
                        .getGeneration())
                .as("finalizers come and go")
                .isEqualTo(generation);

        Mutation mutation = mutationOf(manifest, Property.random(input.seed()));
        ObjectNode mutated = Manifests.merge(manifest.deepCopy(), mutation.patch());
        assertThat(admission.refusals(mutated).stream()
                        .filter(text -> mutation.isFixedField()
                                == FIXED_FIELD.matcher(text).find()))
                .as("%s", mutation.patch())
                .singleElement()
                .asString()
                .contains(mutation.message());
    }

    @SuppressWarnings("unchecked")
    private static Resource<CustomResource<?, ?>> stored(CustomResource<?, ?> like, GenericKubernetesResource object) {
        return (Resource<CustomResource<?, ?>>) admission
                .apiServer()
                .resources(like.getClass())
                .inNamespace(admission.namespace())
                .withName(object.getMetadata().getName());
    }

    /** Another value for a random fixed field of this kind; coupled fields may call further rules, but not of this class. */
    private static Mutation mutationOf(ObjectNode manifest, RandomGenerator random) {
        String kind = manifest.path("kind").asText();
        if (OTHER_MUTATIONS.containsKey(kind)) {
            return OTHER_MUTATIONS.get(kind);
        }
        JsonNode row = Gen.elements(FIXED.stream()
                        .filter(r -> r.path("kind").asText().equals(kind) && canChange(r, manifest))
                        .toList())
                .next(random);
        String field = row.path("field").asText();
        JsonNode now = at(manifest, field);
        JsonNode other = row.path("values").path(0).equals(now)
                ? row.path("values").path(1)
                : row.path("values").path(0);
        return new Mutation(Manifests.specPatch(field, other), field + " ");
    }

    /** False where the first value may still be set, and where only one value exists. */
    private static boolean canChange(JsonNode row, ObjectNode manifest) {
        String field = row.path("field").asText();
        JsonNode now = at(manifest, field);
        boolean isFlag = row.path("values").path(0).isBoolean();
        return row.path("values").size() > 1 && !now.isMissingNode() && !(isFlag && !now.asBoolean());
    }

    private static JsonNode at(ObjectNode manifest, String field) {
        return manifest.path("spec").at("/" + field.replace('.', '/'));
    }

    private static Mutation mutation(String patch, String message) {
        return new Mutation(Manifests.parse(patch), message);
    }

    private record Case(CustomResource<?, ?> object, long seed) {
        @Override
        public String toString() {
            return Serialization.asYaml(object);
        }
    }

    private record Mutation(JsonNode patch, String message) {
        boolean isFixedField() {
            return message.endsWith(" ") || message.contains("plan") || message.contains("role assignment");
        }
    }
}
