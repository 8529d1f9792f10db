package dev.fleetwright.api.generate;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.v1alpha1.MachinePool;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts into a CRD what fabric8's generator leaves out: a required spec, class descriptions, list semantics, integer
 * formats, complete conditions, the rules of fixed fields; and takes out what the API server refuses on apply.
 */
final class CrdDocument {
    private CrdDocument() {}

    /** Completes the document in place. */
    static void complete(ObjectNode crd, Class<? extends CustomResource<?, ?>> kind) {
        for (JsonNode version : crd.path("spec").path("versions")) {
            ObjectNode root = (ObjectNode) version.path("schema").path("openAPIV3Schema");
            describe(root, kind);
            root.putArray("required").add("spec");
            Rules rules = Rules.of(root);
            for (ValidationRule rule : kind.getAnnotationsByType(ValidationRule.class)) {
                rules.add(rule);
            }
            rules.writeTo(root);

            Class<?> spec = typeArgument(kind, 0);
            Class<?> status = typeArgument(kind, 1);
            completeType((ObjectNode) root.path("properties").path("spec"), spec);
            completeType((ObjectNode) root.path("properties").path("status"), status);
            orderColumns((ObjectNode) version, kind);
            addFixedFields((ObjectNode) root.path("properties").path("spec"), spec, kind);
        }
        sortProperties(crd.path("spec").path("versions"));
    }

    private static void completeType(ObjectNode schema, Class<?> type) {
        describe(schema, type);
        new SchemaWalk().visit(schema, type);
    }

    private static void addFixedFields(ObjectNode spec, Class<?> type, Class<?> kind) {
        Rules rules = Rules.of(spec);
        String name = kind.getSimpleName();
        FixedFields.of(type, spec).forEach(field -> rules.add(field.rule(name)));
        if (kind == MachinePool.class) {
            FixedFields.ofAgentPools(spec).forEach(field -> rules.add(field.rule(name)));
        }
        rules.writeTo(spec);
    }

    /** Columns as the class lists them; fabric8 sorts them by path, which no reader does. */
    private static void orderColumns(ObjectNode version, Class<?> kind) {
        ArrayNode columns = version.putArray("additionalPrinterColumns");
        for (AdditionalPrinterColumn column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            ObjectNode node = columns.addObject();
            node.put("name", column.name());
            node.put("type", column.type().getValue());
            node.put("jsonPath", column.jsonPath());
            if (column.priority() > 0) {
                node.put("priority", column.priority());
            }
        }
    }

    private static void describe(ObjectNode schema, Class<?> type) {
        JsonClassDescription description = type.getAnnotation(JsonClassDescription.class);
        if (description != null) {
            schema.put("description", description.value());
        }
    }

    private static Class<?> typeArgument(Class<?> kind, int index) {
        Type argument = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments()[index];
        return (Class<?>) argument;
    }

    /** Sorts the fields of every object schema by name, and its keywords too: diffs show only what changed. */
    private static void sortProperties(JsonNode node) {
        if (node instanceof ObjectNode object) {
            SortedMap<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            object.removeAll();
            for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                object.set(field.getKey(), field.getValue());
            }
        }
        node.forEach(CrdDocument::sortProperties);
    }
}
