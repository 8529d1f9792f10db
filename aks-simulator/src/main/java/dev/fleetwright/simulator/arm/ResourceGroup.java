package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Kept;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A resource group and what lives in it. Guarded by the lock of its subscription. */
public final class ResourceGroup implements Kept {
    static final String KEPT_AS = "resource group";

    private final Subscription subscription;
    private final String id;
    private final String name;
    private final String location;
    private final SortedMap<String, GroupMember> members = new TreeMap<>();
    private ObjectNode tags = Json.object();
    private boolean deleting;

    ResourceGroup(Subscription subscription, String name, String location) {
        this.subscription = subscription;
        this.id = "/subscriptions/" + subscription.id() + "/resourceGroups/" + name;
        this.name = name;
        this.location = location;
    }

    public String name() {
        return name;
    }

    String id() {
        return id;
    }

    String location() {
        return location;
    }

    boolean deleting() {
        return deleting;
    }

    void markDeleting() {
        deleting = true;
        subscription.changed(this);
    }

    /** Its deletion has failed. */
    void markKept() {
        deleting = false;
        subscription.changed(this);
    }

    void tag(ObjectNode newTags) {
        tags = newTags.deepCopy();
        subscription.changed(this);
    }

    public void add(GroupMember member) {
        members.put(key(member.id()), member);
        subscription.changed(member);
    }

    public void remove(GroupMember member) {
        members.remove(key(member.id()), member);
        subscription.forgotten(member.keptAt());
        member.removed();
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

    Stream<Kept> keptMembers() {
        return members.values().stream().flatMap(GroupMember::keptWithParts);
    }

    @Override
    public String keptAt() {
        return key(id);
    }

    @Override
    public String keptAs() {
        return KEPT_AS;
    }

    @Override
    public ObjectNode kept() {
        var document = Json.object().put("name", name).put("location", location).put("deleting", deleting);
        document.set("tags", tags.deepCopy());
        return document;
    }

    static ResourceGroup read(Subscription subscription, ObjectNode kept) {
        var group = new ResourceGroup(
                subscription, kept.path("name").asText(), kept.path("location").asText());
        group.deleting = kept.path("deleting").asBoolean();
        group.tags = kept.path("tags") instanceof ObjectNode tags ? tags : Json.object();
        return group;
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
