package dev.fleetwright.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.generate.CrdGenerator;
import dev.fleetwright.api.schema.Fixed;
import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every field that the types call fixed, in every way it could change. */
final class FixedFieldsIT {
    private static final List<JsonNode> ROWS = Manifests.table("fixed.yaml");
    private static final Set<String> REQUIRED_AT_ROOT = Set.of(
            "controlPlaneRef", "clusterRef", "subscriptionID", "resourceGroupName", "location", "template.vmSize");
    private static final Set<String> ONCE_SET =
            Set.of("network.networkPluginMode", "disableLocalAccounts", "oidcIssuerEnabled", "nodepoolRef");

    private static Admission admission;

    @BeforeAll
    static void start() {
        admission = Admission.start("fixed-fields");
    }

    @Test
    void the_table_of_this_test_and_the_types_name_the_same_fields() {
        Set<String> tested = new TreeSet<>();
        ROWS.forEach(row -> tested.add(key(row)));
        Set<String> declared = new TreeSet<>();
        for (Class<?> kind : CrdGenerator.KINDS) {
            var arguments = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
            collect(kind.getSimpleName() + ": ", (Class<?>) arguments[0], declared);
        }
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            if (property.change() == AgentPoolProperty.Change.REPLACE) {
                declared.add("MachinePool: template." + property.field());
            }
        }
        assertThat(tested).isEqualTo(declared);
    }

    @TestFactory
    Stream<DynamicTest> a_fixed_field_can_neither_change_nor_come_nor_go() {
        return ROWS.stream().map(row -> DynamicTest.dynamicTest(key(row), () -> check(row)));
    }

    private static void check(JsonNode row) {
        String field = row.path("field").asText();
        JsonNode first = row.path("values").path(0);
        boolean optional = !REQUIRED_AT_ROOT.contains(field) && !(field.equals("name") && isPool(row));
        if (row.path("values").size() > 1) {
            refused(row, "other", first, row.path("values").path(1));
        }
        accepted(row, "same", first, first);
        if (optional) {
            refused(row, "unset", first, NullNode.instance);
            if (ONCE_SET.contains(field)) {
                accepted(row, "set", NullNode.instance, first);
            } else {
                refused(row, "set", NullNode.instance, first);
            }
        }
    }

    private static boolean isPool(JsonNode row) {
        return row.path("kind").asText().equals("MachinePool");
    }

    private static void refused(JsonNode row, String step, JsonNode from, JsonNode to) {
        String field = row.path("field").asText();
        assertThat(change(row, step, from, to))
                .as("%s: %s to %s", key(row), from, to)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("spec." + field + ": ")
                        .containsPattern(field + " (is fixed at creation|stays as it was set)"));
    }

    private static void accepted(JsonNode row, String step, JsonNode from, JsonNode to) {
        assertThat(change(row, step, from, to))
                .as("%s: %s to %s", key(row), from, to)
                .isEmpty();
    }

    private static List<String> change(JsonNode row, String step, JsonNode from, JsonNode to) {
        String kind = row.path("kind").asText();
        String field = row.path("field").asText();
        String name = (field + "-" + step).replace('.', '-').toLowerCase(Locale.ROOT);
        ObjectNode manifest = Manifests.good(kind, name);
        Manifests.merge(manifest, row.path("given"));
        Manifests.merge(manifest, Manifests.specPatch(field, from));
        assertThat(admission.refusals(manifest))
                .as("the first state of %s", key(row))
                .isEmpty();
        Manifests.merge(manifest, Manifests.specPatch(field, to));
        removeIfEmpty((ObjectNode) manifest.path("spec"), "network");
        removeIfEmpty((ObjectNode) manifest.path("spec"), "apiServerAccess");
        return admission.refusals(manifest);
    }

    /** Server-side apply turns an object whose last owned field went into null, and then refuses the null. */
    private static void removeIfEmpty(ObjectNode spec, String field) {
        if (spec.path(field).isObject() && spec.path(field).isEmpty()) {
            spec.remove(field);
        }
    }

    private static void collect(String path, Class<?> record, Set<String> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.isAnnotationPresent(Fixed.class)) {
                found.add(path + component.getName());
            } else if (component.getType().isRecord()) {
                collect(path + component.getName() + ".", component.getType(), found);
            }
        }
    }

    private static String key(JsonNode row) {
        return row.path("kind").asText() + ": " + row.path("field").asText();
    }
}
