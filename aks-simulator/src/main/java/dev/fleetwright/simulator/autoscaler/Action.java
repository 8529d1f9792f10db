package dev.fleetwright.simulator.autoscaler;

import java.util.List;

/** What the autoscaler does to the machines. */
public sealed interface Action {
    /** Add machines to a group. */
    record Grow(String group, int nodes) implements Action {}

    /** Take nodes away, after a drain when something still runs there. */
    record Shrink(List<String> nodes, boolean drain) implements Action {}

    /** Take a machine away that did not become a node in time. */
    record GiveUp(String group, String machine) implements Action {}
}
