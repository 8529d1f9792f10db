package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.state.Kept;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that one subscription holds, behind one lock.
 *
 * <p>Every method but {@link #locked} expects the lock to be held. Nothing that talks to a backend runs under it. What was
 * changed under the lock is in the journal before the lock is free again, and so before any reply tells of it.
 */
public final class Subscription {
    private final String id;
    private final String tenantId;
    private final Timeline timeline;
    private final ReentrantLock lock = new ReentrantLock();
    private final Changes changes = new Changes();
    private final SortedMap<String, ResourceGroup> groups = new TreeMap<>();
    private final SortedMap<String, ObjectNode> roleAssignments = new TreeMap<>();
    private final SortedMap<String, ObjectNode> roleDefinitions = new TreeMap<>();
    private final Operations operations;
    private final Map<String, Instant> newPrincipals = new HashMap<>();
    private final List<Runnable> afterwards = new ArrayList<>();

    Subscription(String id, String tenantId, Timeline timeline) {
        this.id = id;
        this.tenantId = tenantId;
        this.timeline = timeline;
        this.operations = new Operations(this);
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
            unlock();
        }
    }

    public void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            unlock();
        }
    }

    private void unlock() {
        List<Runnable> next = List.of();
        try {
            if (lock.getHoldCount() == 1) {
                changes.write();
                next = List.copyOf(afterwards);
                afterwards.clear();
            }
        } finally {
            lock.unlock();
        }
        next.forEach(Runnable::run);
    }

    /** Runs something on this thread as soon as the lock is free and what was changed under it is in the journal. */
    public void afterwards(Runnable work) {
        afterwards.add(work);
    }

    /** Notes that a kept thing is new or different. */
    public void changed(Kept thing) {
        changes.note(thing);
    }

    /** Notes that what was kept at a path, and below it, is no more. */
    public void forgotten(String path) {
        changes.forget(path);
    }

    /** Accepts an operation. Its work begins elsewhere. */
    public Operation begin(String kind, String subject, String location) {
        return begin(kind, subject, location, Json.object());
    }

    /** Accepts an operation whose work needs parameters, also after a restart. */
    public Operation begin(String kind, String subject, String location, ObjectNode parameters) {
        var operation = new Operation(
                this,
                UUID.randomUUID().toString(),
                operations.nextNumber(),
                kind,
                subject,
                location,
                timeline.now(),
                parameters);
        operations.add(operation);
        changed(operation);
        return operation;
    }

    void ended(Operation operation) {
        changed(operation);
        operations.trim();
    }

    public Optional<Operation> operation(String operationId) {
        return operations.find(operationId.toLowerCase(Locale.ROOT));
    }

    /** Those that run and the latest of those that have ended, in the order of their begin. */
    public List<Operation> operations() {
        return operations.all();
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
        changed(group);
    }

    void remove(ResourceGroup group) {
        groups.remove(group.name().toLowerCase(Locale.ROOT), group);
        forgotten(group.keptAt());
    }

    /** By lower-case ARM id; read only. */
    SortedMap<String, ObjectNode> roleAssignments() {
        return Collections.unmodifiableSortedMap(roleAssignments);
    }

    void putRoleAssignment(String assignmentId, ObjectNode document) {
        roleAssignments.put(assignmentId, document);
        changed(new Subordinates.RoleAssignment(assignmentId, document));
    }

    Optional<ObjectNode> removeRoleAssignment(String assignmentId) {
        Optional<ObjectNode> removed = Optional.ofNullable(roleAssignments.remove(assignmentId));
        removed.ifPresent(_ -> forgotten(assignmentId));
        return removed;
    }

    /** Those of its own, by name; read only. */
    SortedMap<String, ObjectNode> roleDefinitions() {
        return Collections.unmodifiableSortedMap(roleDefinitions);
    }

    Optional<ObjectNode> roleDefinition(String name) {
        return Optional.ofNullable(roleDefinitions.get(name.toLowerCase(Locale.ROOT)));
    }

    /** @param name in lower case */
    void putRoleDefinition(String name, ObjectNode document) {
        roleDefinitions.put(name, document);
        changed(new Subordinates.RoleDefinition(id, name, document));
    }

    void removeRoleDefinition(String name) {
        ObjectNode removed = roleDefinitions.remove(name);
        if (removed != null) {
            forgotten(new Subordinates.RoleDefinition(id, name, removed).keptAt());
        }
    }

    /** Role assignments go with the resource that is their scope. */
    public void removeRoleAssignmentsBelow(String scope) {
        List.copyOf(roleAssignments.keySet()).stream()
                .filter(assignment -> RoleAssignments.isBelow(assignment, scope))
                .forEach(this::removeRoleAssignment);
    }

    /** Notes an identity that has just been made: other services learn of it late. */
    public void principalCreated(String objectId) {
        principalCreated(objectId, timeline.now());
    }

    void principalCreated(String objectId, Instant since) {
        if (newPrincipals.putIfAbsent(objectId, since) == null) {
            changed(new Subordinates.NewPrincipal(id, objectId, since));
        }
    }

    Optional<Instant> principalSince(String objectId) {
        return Optional.ofNullable(newPrincipals.get(objectId));
    }

    void restore(Operation operation) {
        operations.add(operation);
        changed(operation);
    }

    /** Everything that is kept. */
    public Stream<Kept> kept() {
        Stream<Kept> resources =
                groups.values().stream().flatMap(group -> Stream.concat(Stream.of(group), group.keptMembers()));
        Stream<Kept> assignments = roleAssignments.entrySet().stream()
                .map(entry -> new Subordinates.RoleAssignment(entry.getKey(), entry.getValue()));
        Stream<Kept> definitions = roleDefinitions.entrySet().stream()
                .map(entry -> new Subordinates.RoleDefinition(id, entry.getKey(), entry.getValue()));
        Stream<Kept> principals = newPrincipals.entrySet().stream()
                .map(entry -> new Subordinates.NewPrincipal(id, entry.getKey(), entry.getValue()));
        return Stream.of(resources, assignments, definitions, principals, operations.all().stream())
                .flatMap(all -> all);
    }

    /** From now on changes go into this journal; what is there already has to be in it. */
    void keepIn(Journal journal) {
        changes.keepIn(journal);
    }

    /** Another state takes its place: whatever still works here finds its operation ended, and nothing is kept. */
    void retire() {
        keepIn(Journal.NOWHERE);
        operations.all().stream().filter(Operation::running).forEach(running -> running.cancel(timeline.now()));
    }
}
