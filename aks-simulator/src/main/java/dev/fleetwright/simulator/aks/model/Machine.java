package dev.fleetwright.simulator.aks.model;

/**
 * One virtual machine of a pool's scale set.
 *
 * @param instance its number in the scale set, from 0 and never used twice, so that numbers repeat between pools
 * @param zone "1" to "3", or empty when the pool is not zonal
 * @param version of the kubelet on its disk
 * @param joined false while it boots
 */
public record Machine(int instance, String name, String zone, String version, String ip, boolean joined) {
    public Machine asJoined() {
        return new Machine(instance, name, zone, version, ip, true);
    }

    public Machine reimaged(String newVersion) {
        return new Machine(instance, name, zone, newVersion, ip, false);
    }
}
