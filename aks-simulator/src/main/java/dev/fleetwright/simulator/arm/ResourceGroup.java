package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A resource group and what lives in it. Guarded by the lock of its subscription. */
public final class ResourceGroup {
    private final String id;
    private final String name;
    private final String location;
    private final SortedMap<String, GroupMember> members = new TreeMap<>();
    private ObjectNode tags = Json.object();
    private boolean deleting;

    ResourceGroup(String subscriptionId, String name, String location) {
        this.id = "/subscriptions/" + subscriptionId + "/resourceGroups/" + name;
        this.name = name;
        this.location = location;
    }

    public String name() {
        return name;
    }

    String location() {
        return location;
    }

    boolean deleting() {
        return deleting;
    }

    void markDeleting() {
        deleting = true;
    }

    void tag(ObjectNode newTags) {
        tags = newTags.deepCopy();
    }

    public void add(GroupMember member) {
        members.put(key(member.id()), member);
    }

    public void remove(GroupMember member) {
        members.remove(key(member.id()), member);
    }

    /** The member with this ARM id, whatever its casing, if it is of the wanted kind. */
    public <T extends GroupMember> Optional<T> find(Class<T> kind, String memberId) {
        return Optional.ofNullable(members.get(key(memberId)))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Members of one kind in the order of their ids. */
    public <T extends GroupMember> List<T> all(Class<T> kind) {
        return members.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    ObjectNode document() {
        var document = Json.object()
                .put("id", id)
                .put("name", name)
                .put("type", "Microsoft.Resources/resourceGroups")
                .put("location", location);
        if (!tags.isEmpty()) {
            document.set("tags", tags.deepCopy());
        }
        document.putObject("properties").put("provisioningState", deleting ? "Deleting" : "Succeeded");
        return document;
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
