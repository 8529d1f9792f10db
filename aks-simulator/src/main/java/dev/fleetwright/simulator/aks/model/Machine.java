package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.time.Instant;

/**
 * One virtual machine of a pool's scale set.
 *
 * @param instance its number in the scale set, from 0 and never used twice, so that numbers repeat between pools
 * @param zone "1" to "3", or empty when the pool is not zonal
 * @param version of the kubelet on its disk
 * @param model the pool's model that it was made from; an older one than the pool's has to be made anew
 * @param bootedAt when it has booted; decided when it is made or made anew
 * @param joined false while it boots
 */
public record Machine(
        int instance,
        String name,
        String zone,
        String version,
        int model,
        String ip,
        Instant bootedAt,
        boolean joined) {
    public Machine asJoined() {
        return new Machine(instance, name, zone, version, model, ip, bootedAt, true);
    }

    /** The same machine with a new disk: it boots again. */
    public Machine reimaged(String newVersion, int newModel, Instant newBootedAt) {
        return new Machine(instance, name, zone, newVersion, newModel, ip, newBootedAt, false);
    }

    ObjectNode document() {
        return Json.object()
                .put("instance", instance)
                .put("name", name)
                .put("zone", zone)
                .put("version", version)
                .put("model", model)
                .put("ip", ip)
                .put("bootedAt", bootedAt.toString())
                .put("joined", joined);
    }

    static Machine read(ObjectNode document) {
        return new Machine(
                document.path("instance").asInt(),
                document.path("name").asText(),
                document.path("zone").asText(),
                document.path("version").asText(),
                document.path("model").asInt(),
                document.path("ip").asText(),
                Instant.parse(document.path("bootedAt").asText()),
                document.path("joined").asBoolean());
    }
}
