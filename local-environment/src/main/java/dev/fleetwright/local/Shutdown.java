package dev.fleetwright.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The order in which a cluster ends: those who talk to the API server, the API server, etcd. */
final class Shutdown {
    private static final List<List<Component>> ORDER = List.of(
            List.of(Component.KWOK, Component.SCHEDULER, Component.CONTROLLER_MANAGER),
            List.of(Component.API_SERVER),
            List.of(Component.ETCD));

    private Shutdown() {}

    static void stop(Map<Component, ManagedProcess> processes) {
        for (List<Component> together : ORDER) {
            List<ManagedProcess> group = together.stream()
                    .flatMap(component -> Optional.ofNullable(processes.get(component)).stream())
                    .toList();
            group.forEach(ManagedProcess::askToEnd);
            group.forEach(ManagedProcess::stop);
        }
    }
}
