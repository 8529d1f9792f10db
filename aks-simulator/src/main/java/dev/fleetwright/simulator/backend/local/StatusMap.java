package dev.fleetwright.simulator.backend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.autoscaler.Status;
import dev.fleetwright.simulator.http.Json;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMap in which a cluster's autoscaler tells how it is. Upstream writes it at every scan; here it is written when
 * more than the time is new, because scans come far more often in a time that runs fast, and a quiet cluster must be quiet.
 */
final class StatusMap {
    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "cluster-autoscaler-status";
    private static final String KEY = "status";
    private static final String UPDATED = "cluster-autoscaler.kubernetes.io/last-updated";
    private static final String TIME = "time";
    private static final String PROBED = "lastProbeTime";
    private static final String TURNED = "lastTransitionTime";
    private static final List<String> CONDITIONS = List.of("health", "scaleUp", "scaleDown");

    /** As Go prints a time. */
    private static final DateTimeFormatter GO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSSSSS '+0000 UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final Watches watches;
    private @Nullable Status last;

    StatusMap(KubernetesClient client, Watches watches) {
        this.client = client;
        this.watches = watches;
    }

    /** Lets the ConfigMap say this; writes nothing when it says so already. */
    synchronized void publish(Status status, Instant now) {
        if (status.equals(last) && watches.all(ConfigMap.class).stream().anyMatch(StatusMap::own)) {
            return;
        }
        Optional<ConfigMap> present = Optional.ofNullable(
                client.configMaps().inNamespace(NAMESPACE).withName(NAME).get());
        ObjectNode former = present.map(StatusMap::read).orElseGet(Json::object);
        ObjectNode fresh = status.document();
        if (!untimed(former).equals(fresh)) {
            write(present, timed(fresh, former, now), GO.format(now));
        }
        last = status;
    }

    private static boolean own(ConfigMap map) {
        return map.getMetadata().getName().equals(NAME)
                && map.getMetadata().getNamespace().equals(NAMESPACE);
    }

    private void write(Optional<ConfigMap> present, ObjectNode document, String time) {
        document.put(TIME, time);
        Map<?, ?> tree = Json.MAPPER.convertValue(document, Map.class);
        String text = Serialization.asYaml(tree).replaceFirst("^---\n", "");
        var builder = present.map(ConfigMapBuilder::new).orElseGet(ConfigMapBuilder::new);
        ConfigMap map = builder.editOrNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .addToAnnotations(UPDATED, time)
                .endMetadata()
                .addToData(KEY, text)
                .build();
        var _ = present.isPresent()
                ? client.resource(map).update()
                : client.resource(map).create();
    }

    private static ObjectNode read(ConfigMap map) {
        String text = Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                .getOrDefault(KEY, "");
        try {
            Map<?, ?> tree = Serialization.unmarshal(text, Map.class);
            return tree == null ? Json.object() : Json.MAPPER.convertValue(tree, ObjectNode.class);
        } catch (RuntimeException e) {
            // somebody has written something else into it
            return Json.object();
        }
    }

    private static ObjectNode untimed(ObjectNode document) {
        ObjectNode rest = document.deepCopy();
        rest.remove(TIME);
        strip(rest.path("clusterWide"));
        rest.path("nodeGroups").forEach(StatusMap::strip);
        return rest;
    }

    private static void strip(JsonNode conditions) {
        for (String name : CONDITIONS) {
            if (conditions.path(name) instanceof ObjectNode condition) {
                condition.remove(List.of(PROBED, TURNED));
            }
        }
    }

    private static ObjectNode timed(ObjectNode document, ObjectNode former, Instant now) {
        stamp(document.path("clusterWide"), former.path("clusterWide"), now);
        for (JsonNode group : document.path("nodeGroups")) {
            stamp(group, group(former, group.path("name").asText()), now);
        }
        return document;
    }

    private static JsonNode group(ObjectNode document, String name) {
        for (JsonNode group : document.path("nodeGroups")) {
            if (group.path("name").asText().equals(name)) {
                return group;
            }
        }
        return Json.object();
    }

    private static void stamp(JsonNode conditions, JsonNode former, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        for (String name : CONDITIONS) {
            if (conditions.path(name) instanceof ObjectNode condition) {
                JsonNode before = former.path(name);
                boolean same = before.path("status").equals(condition.path("status"));
                condition
                        .put(PROBED, time)
                        .put(TURNED, same ? before.path(TURNED).asText(time) : time);
            }
        }
    }
}
