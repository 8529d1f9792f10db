package dev.fleetwright.simulator.backend;

import dev.fleetwright.simulator.backend.ClusterBackend.Taint;

/** One change that AKS makes to a node that is there. */
public sealed interface NodeChange {
    /** Closes the node for new pods, or opens it. */
    record Cordon(boolean on) implements NodeChange {}

    /** Sets the taint with this key and effect. */
    record PutTaint(Taint taint) implements NodeChange {}

    /** Removes the taint with this key, whatever its effect. */
    record DropTaint(String key) implements NodeChange {}

    /** Sets a label; an empty value removes it. */
    record Label(String key, String value) implements NodeChange {}

    /** Sets a condition. */
    record Condition(String type, boolean holds, String reason, String message) implements NodeChange {}

    /** Lets the kubelet stand still or go on; one that stands still is noticed by Kubernetes after a while. */
    record Kubelet(boolean running) implements NodeChange {}

    /** Leaves the node as it is and records an event about it; {@code warning} or normal. */
    record Event(String reason, String message, boolean warning) implements NodeChange {}
}
