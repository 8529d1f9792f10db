package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.upgrade.UpgradeNode.Mark;
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
 * @param surge whether it is there for the time of an upgrade and not counted
 * @param mark where an upgrade has got to with it
 */
public record Machine(
        int instance,
        String name,
        String zone,
        String version,
        int model,
        String ip,
        Instant bootedAt,
        boolean joined,
        boolean surge,
        Mark mark) {
    /** One that boots, and nothing special about it. */
    public static Machine booting(
            int instance, String name, String zone, String version, int model, String ip, Instant bootedAt) {
        return new Machine(instance, name, zone, version, model, ip, bootedAt, false, false, Mark.NONE);
    }

    /** It has booted, and no upgrade is at work on it any more. */
    public Machine asJoined() {
        return new Machine(instance, name, zone, version, model, ip, bootedAt, true, surge, Mark.NONE);
    }

    /** The same machine with a new disk: it boots again. */
    public Machine reimaged(String newVersion, int newModel, Instant newBootedAt) {
        return new Machine(instance, name, zone, newVersion, newModel, ip, newBootedAt, false, surge, mark);
    }

    /** A buffer for the time of an upgrade. */
    public Machine asSurge() {
        return new Machine(instance, name, zone, version, model, ip, bootedAt, joined, true, mark);
    }

    /** Nothing but one of the pool's machines, whatever an upgrade has left on it. */
    public Machine asMember() {
        return new Machine(instance, name, zone, version, model, ip, bootedAt, joined, false, Mark.NONE);
    }

    public Machine marked(Mark newMark) {
        return new Machine(instance, name, zone, version, model, ip, bootedAt, joined, surge, newMark);
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
                .put("joined", joined)
                .put("surge", surge)
                .put("mark", mark.name());
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
                document.path("joined").asBoolean(),
                document.path("surge").asBoolean(),
                Mark.valueOf(document.path("mark").asText(Mark.NONE.name())));
    }
}
