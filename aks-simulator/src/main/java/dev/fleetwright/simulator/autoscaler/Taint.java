package dev.fleetwright.simulator.autoscaler;

/** One taint of a node; the value may be empty. */
public record Taint(String key, String value, String effect) {}
