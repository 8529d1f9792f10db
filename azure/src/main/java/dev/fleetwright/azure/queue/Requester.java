package dev.fleetwright.azure.queue;

/** The object that wants to change a managed cluster; its text is fit for a condition's message. */
public record Requester(String kind, String namespace, String name) {
    @Override
    public String toString() {
        return kind + ' ' + namespace + '/' + name;
    }
}
