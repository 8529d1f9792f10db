package dev.fleetwright.launcher.evidence;

/** A pod as the audit log names it. */
public record PodName(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
