package dev.fleetwright.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CEL rules of one schema, each once: the rule is the key of the list, and the API server refuses by server-side
 * apply what holds a key twice.
 */
final class Rules {
    private static final String KEYWORD = "x-kubernetes-validations";

    private final Map<String, ObjectNode> byExpression = new TreeMap<>();
    private final List<String> order = new ArrayList<>();

    private Rules() {}

    /** The rules the schema has now. */
    static Rules of(ObjectNode schema) {
        Rules rules = new Rules();
        for (JsonNode rule : schema.path(KEYWORD)) {
            rules.add((ObjectNode) rule);
        }
        return rules;
    }

    void add(ValidationRule rule) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rule", rule.value());
        putUnlessEmpty(node, "message", rule.message());
        putUnlessEmpty(node, "messageExpression", rule.messageExpression());
        putUnlessEmpty(node, "reason", rule.reason());
        putUnlessEmpty(node, "fieldPath", rule.fieldPath());
        if (rule.optionalOldSelf()) {
            node.put("optionalOldSelf", true);
        }
        add(node);
    }

    void add(ObjectNode rule) {
        String expression = rule.path("rule").asText();
        if (byExpression.put(expression, rule) == null) {
            order.add(expression);
        }
    }

    void writeTo(ObjectNode schema) {
        if (order.isEmpty()) {
            return;
        }
        ArrayNode list = schema.putArray(KEYWORD);
        order.forEach(expression -> list.add(byExpression.get(expression)));
    }

    private static void putUnlessEmpty(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }
}
