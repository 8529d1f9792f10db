package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A limit on what Azure has, for all that match what it names.
 *
 * @param size regular expression on the VM size; empty for any
 * @param location empty for any
 * @param zone "1" to "3"; empty for any
 * @param subnet regular expression found in the subnet's ARM id; empty for any
 * @param most how many machines there may be; {@link #BOUNDLESS} when it is not about machines
 * @param offered whether the size is there at all
 * @param addresses how many addresses the subnet has for nodes and pods; {@link #BOUNDLESS} when nobody said
 */
public record SupplyLimit(
        String size, String location, String zone, String subnet, int most, boolean offered, int addresses) {
    public static final int BOUNDLESS = Integer.MAX_VALUE;

    /**
     * Reads {@code {vmSize, location, zone, subnet, most, offered, addresses}}.
     *
     * @throws IllegalArgumentException when it limits nothing or has a malformed expression
     */
    public static SupplyLimit read(JsonNode json) {
        boolean offered = json.path("offered").asBoolean(true);
        boolean limits =
                json.path("most").isInt() || !offered || json.path("addresses").isInt();
        if (!limits) {
            throw new IllegalArgumentException("The limit needs most or addresses, whole numbers, or offered: false.");
        }
        String size = json.path("vmSize").asText("");
        String subnet = json.path("subnet").asText("");
        if (json.path("addresses").isInt() && subnet.isEmpty()) {
            throw new IllegalArgumentException("addresses are those of a subnet.");
        }
        var _ = Pattern.compile(size + subnet);
        return new SupplyLimit(
                size,
                json.path("location").asText(""),
                json.path("zone").asText(""),
                subnet,
                offered ? json.path("most").asInt(BOUNDLESS) : 0,
                offered,
                json.path("addresses").asInt(BOUNDLESS));
    }

    /** What {@link #read} reads. */
    public ObjectNode document() {
        ObjectNode document = Json.object()
                .put("vmSize", size)
                .put("location", location)
                .put("zone", zone)
                .put("subnet", subnet);
        if (!offered) {
            document.put("offered", false);
        } else if (most != BOUNDLESS) {
            document.put("most", most);
        }
        if (addresses != BOUNDLESS) {
            document.put("addresses", addresses);
        }
        return document;
    }

    /** Whether it is about pools such as this; its zone is a question of its own. */
    public boolean of(String ownLocation, JsonNode pool) {
        String ownSize = pool.path("vmSize").asText();
        String ownSubnet = pool.path("vnetSubnetID").asText("");
        return (size.isEmpty()
                        || Pattern.compile(size, Pattern.CASE_INSENSITIVE)
                                .matcher(ownSize)
                                .matches())
                && (location.isEmpty() || location.equalsIgnoreCase(ownLocation))
                && (subnet.isEmpty()
                        || Pattern.compile(subnet.toLowerCase(Locale.ROOT))
                                .matcher(ownSubnet.toLowerCase(Locale.ROOT))
                                .find());
    }

    public boolean ofZone(String machineZone) {
        return zone.isEmpty() || zone.equals(machineZone);
    }
}
