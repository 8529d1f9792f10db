package dev.fleetwright.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrdGeneratorTest {
    private static final SortedMap<String, String> GENERATED = CrdGenerator.generate();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void the_committed_files_are_the_generated_ones() throws IOException {
        assertThat(new CommittedFiles(Path.of("../helm/fleetwright/crds")).differingFrom(GENERATED))
                .isEmpty();
    }

    @Test
    void the_same_types_give_the_same_bytes() {
        assertThat(CrdGenerator.generate()).isEqualTo(GENERATED);
    }

    @Test
    void a_missing_a_stale_and_a_left_over_file_are_each_named(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, String> file : GENERATED.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        assertThat(new CommittedFiles(folder).differingFrom(GENERATED)).isEmpty();

        Files.delete(folder.resolve("clusters.fleetwright.dev-v1.yml"));
        Files.writeString(folder.resolve("nodepools.fleetwright.dev-v1.yml"), "kind: Edited");
        Files.writeString(folder.resolve("gone.fleetwright.dev-v1.yml"), "kind: Gone");
        assertThat(new CommittedFiles(folder).differingFrom(GENERATED))
                .containsExactly(
                        "no longer generated: gone.fleetwright.dev-v1.yml",
                        "missing: clusters.fleetwright.dev-v1.yml",
                        "stale: nodepools.fleetwright.dev-v1.yml");
    }

    @Test
    void every_kind_requires_its_spec_and_has_a_status_of_its_own() throws IOException {
        for (String yaml : GENERATED.values()) {
            JsonNode version = version(yaml);
            assertThat(version.path("schema").path("openAPIV3Schema").path("required"))
                    .as(yaml)
                    .anyMatch(field -> field.asText().equals("spec"));
            assertThat(version.path("subresources").has("status")).as(yaml).isTrue();
        }
    }

    @Test
    void no_schema_holds_a_rule_twice() throws IOException {
        eachSchema((path, schema) -> {
            Set<String> rules = new HashSet<>();
            schema.path("x-kubernetes-validations")
                    .forEach(rule -> assertThat(rules.add(rule.path("rule").asText()))
                            .as(path)
                            .isTrue());
        });
    }

    @Test
    void every_field_says_what_it_is_for() throws IOException {
        eachSchema((path, schema) -> schema.path("properties")
                .properties()
                .forEach(
                        field -> assertThat(field.getValue().path("description").asText())
                                .as(path + "." + field.getKey())
                                .isNotBlank()));
    }

    @Test
    void every_list_and_map_is_bounded_and_every_number_has_a_format() throws IOException {
        eachSchema((path, schema) -> {
            switch (schema.path("type").asText()) {
                case "array" -> assertThat(schema.has("maxItems")).as(path).isTrue();
                case "integer" -> assertThat(schema.has("format")).as(path).isTrue();
                case "object" ->
                    assertThat(!schema.has("additionalProperties") || schema.has("maxProperties"))
                            .as(path)
                            .isTrue();
                default -> {}
            }
            for (String bound : Set.of("minimum", "maximum", "maxLength", "maxItems")) {
                assertThat(schema.path(bound).isFloatingPointNumber()).as(path).isFalse();
            }
        });
    }

    @Test
    void every_text_that_a_user_writes_is_bounded_or_a_choice() throws IOException {
        eachSchema((path, schema) -> {
            if (path.contains(".spec.") && schema.path("type").asText().equals("string")) {
                assertThat(schema.has("maxLength") || schema.has("pattern"))
                        .as(path)
                        .isTrue();
            }
        });
    }

    private static JsonNode version(String yaml) throws IOException {
        return YAML.readTree(yaml).path("spec").path("versions").path(0);
    }

    private static void eachSchema(BiConsumer<String, JsonNode> check) throws IOException {
        for (Map.Entry<String, String> file : GENERATED.entrySet()) {
            visit(file.getKey(), version(file.getValue()).path("schema").path("openAPIV3Schema"), check);
        }
    }

    private static void visit(String path, JsonNode schema, BiConsumer<String, JsonNode> check) {
        check.accept(path, schema);
        schema.path("properties")
                .properties()
                .forEach(field -> visit(path + "." + field.getKey(), field.getValue(), check));
        for (String below : new String[] {"items", "additionalProperties"}) {
            if (schema.has(below)) {
                visit(path + "." + below, schema.path(below), check);
            }
        }
    }
}
