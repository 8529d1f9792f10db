package dev.fleetwright.simulator.autoscaler;

import java.util.List;
import java.util.Map;

/**
 * An agent pool whose size the autoscaler owns.
 *
 * @param target how many machines it has or is getting
 * @param booting machines that are not nodes yet, by name
 * @param scalable false while AKS itself works on the machines
 */
public record NodeGroup(
        String name, int min, int max, int target, List<String> booting, boolean scalable, Template template) {
    /**
     * The node that the pool would get.
     *
     * @param zones where the pool's nodes are spread to; empty when it is not zonal
     */
    public record Template(Map<String, String> labels, List<Taint> taints, Resources allocatable, List<String> zones) {
        public Template {
            labels = Map.copyOf(labels);
            taints = List.copyOf(taints);
            zones = List.copyOf(zones);
        }
    }

    public NodeGroup {
        booting = List.copyOf(booting);
    }
}
