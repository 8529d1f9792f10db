package dev.fleetwright.nodepool.drain;

/**
 * One pod to move now.
 *
 * @param key what its move uses up: path of its budget, else uid of its owner, else its own uid
 * @param budgetVersion resourceVersion of that budget when this was decided; empty without one
 * @param past true: its deadline has passed, so it is deleted past its budget instead of evicted
 */
public record Eviction(PodView pod, String key, String budgetVersion, boolean past) {}
