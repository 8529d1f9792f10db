package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Everything that one subscription holds, behind one lock.
 *
 * <p>Every method but {@link #locked} expects the lock to be held. Nothing that talks to a backend runs under it.
 */
public final class Subscription {
    private final String id;
    private final String tenantId;
    private final Timeline timeline;
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<String, ResourceGroup> groups = new TreeMap<>();
    private final SortedMap<String, ObjectNode> roleAssignments = new TreeMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Instant> newPrincipals = new HashMap<>();

    Subscription(String id, String tenantId, Timeline timeline) {
        this.id = id;
        this.tenantId = tenantId;
        this.timeline = timeline;
    }

    public String id() {
        return id;
    }

    public String tenantId() {
        return tenantId;
    }

    /** Runs something short, atomically. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    public void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    public Operation begin(String kind, String subject, String location) {
        var operation = new Operation(kind, subject, id, location, timeline.now());
        operations.put(operation.id(), operation);
        return operation;
    }

    public Optional<Operation> operation(String operationId) {
        return Optional.ofNullable(operations.get(operationId.toLowerCase(Locale.ROOT)));
    }

    public List<Operation> operations() {
        return new ArrayList<>(operations.values());
    }

    public Optional<ResourceGroup> group(String name) {
        return Optional.ofNullable(groups.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The group, or the gateway's 404. */
    public ResourceGroup existingGroup(String name) {
        return group(name)
                .orElseThrow(() -> ArmError.gateway(
                        404, "ResourceGroupNotFound", "Resource group '" + name + "' could not be found."));
    }

    /** The group if something may be made in it: not while it is being deleted. */
    public ResourceGroup openGroup(String name) {
        ResourceGroup group = existingGroup(name);
        if (group.deleting()) {
            throw ArmError.gateway(
                    409,
                    "ResourceGroupBeingDeleted",
                    "The resource group '" + name + "' is in deprovisioning state and cannot perform this operation.");
        }
        return group;
    }

    public List<ResourceGroup> groups() {
        return List.copyOf(groups.values());
    }

    void put(ResourceGroup group) {
        groups.put(group.name().toLowerCase(Locale.ROOT), group);
    }

    void remove(ResourceGroup group) {
        groups.remove(group.name().toLowerCase(Locale.ROOT), group);
    }

    SortedMap<String, ObjectNode> roleAssignments() {
        return roleAssignments;
    }

    /** Role assignments go with the resource that is their scope. */
    public void removeRoleAssignmentsBelow(String scope) {
        roleAssignments.keySet().removeIf(assignment -> RoleAssignments.isBelow(assignment, scope));
    }

    /** Notes an identity that has just been made: other services learn of it late. */
    public void principalCreated(String objectId) {
        newPrincipals.putIfAbsent(objectId, timeline.now());
    }

    Optional<Instant> principalSince(String objectId) {
        return Optional.ofNullable(newPrincipals.get(objectId));
    }
}
