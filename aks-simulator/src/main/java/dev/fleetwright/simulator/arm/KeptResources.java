package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.state.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Consumer;

/** Makes what ARM itself holds again from what was kept of it. */
public final class KeptResources {
    private KeptResources() {}

    /** Fills an empty subscription with groups, operations, plain resources and the rest. Expects its lock. */
    public static void read(Subscription subscription, Collection<Entry> entries) {
        of(entries, ResourceGroup.KEPT_AS, entry -> subscription.put(ResourceGroup.read(subscription, entry.is())));
        entries.stream()
                .filter(entry -> entry.as().equals(Operation.KEPT_AS))
                .map(entry -> Operation.read(subscription, entry.is()))
                .sorted(Comparator.comparingLong(Operation::number))
                .forEach(subscription::restore);
        of(entries, SimpleResources.KEPT_AS, entry -> SimpleResources.read(subscription, entry.is()));
        of(entries, Subordinates.ROLE_ASSIGNMENT, entry -> subscription.putRoleAssignment(entry.at(), entry.is()));
        of(
                entries,
                Subordinates.ROLE_DEFINITION,
                entry -> subscription.putRoleDefinition(entry.is().path("name").asText(), entry.is()));
        of(
                entries,
                Subordinates.NEW_PRINCIPAL,
                entry -> subscription.principalCreated(
                        entry.is().path("objectId").asText(),
                        Instant.parse(entry.is().path("since").asText())));
    }

    private static void of(Collection<Entry> entries, String kind, Consumer<Entry> work) {
        entries.stream().filter(entry -> entry.as().equals(kind)).forEach(work);
    }
}
