package dev.fleetwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.generate.CrdGenerator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The records as Jackson writes and reads them: one object that cannot be bound would stop a whole operator. */
final class RecordsJsonTest {

    @Test
    void every_record_ignores_fields_it_does_not_know_and_leaves_out_what_is_empty() {
        for (Class<?> record : records()) {
            var ignored = record.getAnnotation(JsonIgnoreProperties.class);
            assertThat(ignored).as(record.getName()).isNotNull();
            assertThat(ignored.ignoreUnknown()).as(record.getName()).isTrue();
            var included = record.getAnnotation(JsonInclude.class);
            assertThat(included).as(record.getName()).isNotNull();
            assertThat(included.value()).as(record.getName()).isEqualTo(JsonInclude.Include.NON_EMPTY);
        }
    }

    @Test
    void no_list_and_no_map_is_ever_null_and_none_is_written_when_empty() throws IOException {
        for (Class<?> record : records()) {
            Object empty = Serialization.jsonMapper().readValue("{\"fromALaterVersion\": {\"a\": [1]}}", record);
            for (RecordComponent component : record.getRecordComponents()) {
                if (component.getType() == List.class || component.getType() == Map.class) {
                    assertThat(value(empty, component))
                            .as(record + "." + component.getName())
                            .isNotNull();
                }
            }
            assertThat(Serialization.jsonMapper().writeValueAsString(empty))
                    .as(record.getName())
                    .isEqualTo("{}");
        }
    }

    @Test
    void every_field_is_nullable_boxed_so_that_unset_is_not_zero() {
        for (Class<?> record : records()) {
            for (RecordComponent component : record.getRecordComponents()) {
                assertThat(component.getType().isPrimitive())
                        .as(record + "." + component.getName())
                        .isFalse();
            }
        }
    }

    @Test
    void what_is_read_is_written_again_field_by_field() throws IOException {
        for (Class<?> record : records()) {
            ObjectNode full = Serialization.jsonMapper().createObjectNode();
            for (RecordComponent component : record.getRecordComponents()) {
                sample(full, component);
            }
            Object read = Serialization.jsonMapper().treeToValue(full, record);
            JsonNode written = Serialization.jsonMapper().valueToTree(read);
            assertThat(written).as(record.getName()).isEqualTo(full);
        }
    }

    @Test
    void defaults_in_java_are_the_defaults_of_the_schema() throws IOException {
        var resolved = ReplacementPolicy.resolve(null);
        assertThat(ReplacementPolicy.resolve(Serialization.jsonMapper()
                        .readValue(
                                "{\"batchSize\":\"25%\",\"batchSoak\":\"0s\",\"finalSoak\":\"1m\",\"drain\":{"
                                        + "\"podDeadline\":\"1h\",\"onDeadline\":\"Wait\",\"settleTimeout\":\"10m\","
                                        + "\"maxUnavailableWithoutBudget\":\"25%\"}}",
                                ReplacementPolicy.class)))
                .isEqualTo(resolved);
        String schema = CrdGenerator.generate().get("nodepools.fleetwright.dev-v1.yml");
        assertThat(schema)
                .contains("default: 25%")
                .contains("default: 0s")
                .contains("default: 1m")
                .contains("default: 1h")
                .contains("default: 10m")
                .contains("default: Wait")
                .contains("default: User")
                .contains("default: Linux");
        assertThat(resolved.deleteOnDeadline()).isFalse();
    }

    private static void sample(ObjectNode into, RecordComponent component) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == String.class) {
            into.put(name, "1");
        } else if (type == Integer.class) {
            into.put(name, 1);
        } else if (type == Long.class) {
            into.put(name, 2_000_000_000_000L);
        } else if (type == Boolean.class) {
            into.put(name, false);
        } else if (type == java.time.Instant.class) {
            into.put(name, "2026-01-01T00:00:00Z");
        } else if (type == Map.class) {
            into.putObject(name).put("a", "b");
        } else if (type == List.class && elementOf(component) == String.class) {
            into.putArray(name).add("a");
        } else if (type.isRecord()) {
            ObjectNode below = into.putObject(name);
            sample(below, type.getRecordComponents()[0]);
        }
    }

    private static Type elementOf(RecordComponent component) {
        return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    private static Object value(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }

    /** Every record that a spec or status is made of. */
    private static Set<Class<?>> records() {
        Set<Class<?>> found = new LinkedHashSet<>();
        Deque<Type> open = new ArrayDeque<>();
        CrdGenerator.KINDS.forEach(kind -> open.add(kind.getGenericSuperclass()));
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (type instanceof ParameterizedType generic) {
                open.addAll(List.of(generic.getActualTypeArguments()));
            } else if (type instanceof Class<?> record && record.isRecord() && found.add(record)) {
                for (RecordComponent component : record.getRecordComponents()) {
                    open.add(component.getGenericType());
                }
            }
        }
        return found;
    }
}
