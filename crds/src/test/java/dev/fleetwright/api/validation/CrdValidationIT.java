package dev.fleetwright.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.generate.CrdGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of good and bad manifests, each applied to a real API server. */
final class CrdValidationIT {
    private static final List<JsonNode> ROWS = Manifests.table("admission.yaml");

    private static Admission admission;

    @BeforeAll
    static void start() {
        admission = Admission.start("admission");
    }

    @TestFactory
    Stream<DynamicTest> every_row_is_answered_as_the_table_says() {
        return IntStream.range(0, ROWS.size())
                .mapToObj(i -> DynamicTest.dynamicTest(title(ROWS.get(i)), () -> check(ROWS.get(i), "row-" + i)));
    }

    @Test
    void every_rule_of_every_kind_has_a_row_that_it_refuses() throws IOException {
        List<String> expected =
                ROWS.stream().map(row -> row.path("refused").asText()).toList();
        for (String yaml : CrdGenerator.generate().values()) {
            for (String message : messages(Manifests.YAML.readTree(yaml))) {
                if (!message.contains("is fixed at creation:")
                        && !message.contains("stays as it was set:")
                        && !message.contains("is fixed at creation, since Azure cannot change it on an agent pool")) {
                    assertThat(expected)
                            .as(message)
                            .anySatisfy(text -> assertThat(text).isNotEmpty().isSubstringOf(message));
                }
            }
        }
    }

    private static void check(JsonNode row, String name) {
        ObjectNode manifest = Manifests.good(row.path("kind").asText(), name);
        if (row.has("given")) {
            assertThat(admission.refusals(Manifests.merge(manifest, row.path("given"))))
                    .as("what is given is good")
                    .isEmpty();
        }
        List<String> refusals = admission.refusals(Manifests.merge(manifest, row.path("change")));
        if (row.has("refused")) {
            assertThat(refusals)
                    .singleElement()
                    .asString()
                    .contains(row.path("refused").asText());
        } else {
            assertThat(refusals).isEmpty();
        }
    }

    private static String title(JsonNode row) {
        String verb = row.has("refused") ? "refused" : "accepted";
        return "%s %s: %s"
                .formatted(row.path("kind").asText(), verb, row.path("change"))
                .toLowerCase(Locale.ROOT);
    }

    /** The messages of all rules, wherever they stand. */
    private static List<String> messages(JsonNode node) {
        List<String> found = new ArrayList<>();
        node.path("x-kubernetes-validations").forEach(rule -> {
            assertThat(rule.path("message").asText()).as(rule.toString()).contains(": ");
            found.add(rule.path("message").asText());
        });
        node.forEach(below -> found.addAll(messages(below)));
        return found;
    }
}
