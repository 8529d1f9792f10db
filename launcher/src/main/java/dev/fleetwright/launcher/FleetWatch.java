package dev.fleetwright.launcher;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watches the objects of one fleet namespace, and waits for what they come to say. No polling: every look is an event. */
public final class FleetWatch implements AutoCloseable {
    private final Map<Class<? extends HasMetadata>, SharedIndexInformer<? extends HasMetadata>> informers =
            new LinkedHashMap<>();
    private final Object changed = new Object();
    private long changes;

    public FleetWatch(KubernetesClient client, String namespace) {
        for (Class<? extends HasMetadata> kind : List.<Class<? extends HasMetadata>>of(
                Cluster.class,
                ManagedControlPlane.class,
                MachinePool.class,
                Nodepool.class,
                NodepoolReplacement.class,
                AzureClusterAdditionalConfig.class)) {
            informers.put(kind, inform(client, namespace, kind));
        }
    }

    private <T extends HasMetadata> SharedIndexInformer<T> inform(
            KubernetesClient client, String namespace, Class<T> kind) {
        return client.resources(kind).inNamespace(namespace).inform(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T object) {
                signal();
            }

            @Override
            public void onUpdate(T before, T after) {
                signal();
            }

            @Override
            public void onDelete(T object, boolean finalStateUnknown) {
                signal();
            }
        });
    }

    /** All objects of a kind, by name. */
    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        SharedIndexInformer<? extends HasMetadata> informer = informers.get(kind);
        if (informer == null) {
            throw new IllegalArgumentException("not watched: " + kind);
        }
        return informer.getStore().list().stream()
                .map(kind::cast)
                .sorted(Comparator.comparing(o -> o.getMetadata().getName()))
                .toList();
    }

    public <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(o -> o.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** True once the watch shows this object at this generation or a later one. */
    public boolean hasSeen(HasMetadata live) {
        return informers.values().stream()
                .flatMap(informer -> informer.getStore().list().stream())
                .anyMatch(seen ->
                        seen.getMetadata().getUid().equals(live.getMetadata().getUid())
                                && seen.getMetadata().getGeneration()
                                        >= live.getMetadata().getGeneration());
    }

    /**
     * Returns when the fleet is as wanted.
     *
     * @param look called with every change, before the question; for showing how far it is
     * @throws LauncherException when it is not in time; the message says what every object waits for
     */
    public void await(String what, Duration atMost, Predicate<FleetWatch> wanted, Consumer<FleetWatch> look) {
        Instant deadline = Instant.now().plus(atMost);
        long seen = -1;
        while (true) {
            seen = nextChange(seen, deadline);
            look.accept(this);
            if (wanted.test(this)) {
                return;
            }
            if (!Instant.now().isBefore(deadline)) {
                throw new LauncherException(
                        "not within " + Text.seconds(atMost) + ": " + what + "\n" + String.join("\n", waits()));
            }
        }
    }

    private long nextChange(long seen, Instant deadline) {
        synchronized (changed) {
            try {
                while (changes == seen && Instant.now().isBefore(deadline)) {
                    changed.wait(Math.max(
                            1, Duration.between(Instant.now(), deadline).toMillis()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LauncherException("interrupted", e);
            }
            return changes;
        }
    }

    /** What every object says that is not ready, one line each. */
    public List<String> waits() {
        List<String> lines = new ArrayList<>();
        informers.keySet().stream().flatMap(kind -> all(kind).stream()).forEach(object -> {
            if (!isReady(object)) {
                lines.add("  %s %s: %s"
                        .formatted(object.getKind(), object.getMetadata().getName(), message(object)));
            }
        });
        return lines;
    }

    /** True when the object says Ready of its latest generation. */
    public static boolean isReady(HasMetadata object) {
        return status(object)
                .filter(s -> object.getMetadata().getGeneration().equals(s.observedGeneration()))
                .flatMap(s -> condition(s, "Ready"))
                .filter(c -> c.getStatus().equals("True"))
                .isPresent();
    }

    /** Reason and message of its most telling condition. */
    public static String message(HasMetadata object) {
        return status(object).stream()
                .flatMap(s -> Stream.of("Stalled", "Ready", "Reconciling").flatMap(t -> condition(s, t).stream()))
                .findFirst()
                .map(c -> c.getReason() + ": " + c.getMessage())
                .orElse("no status yet");
    }

    /** Every condition as text, one line each: type, status, reason, message. */
    public static String conditions(HasMetadata object) {
        return status(object).stream()
                .flatMap(s -> s.conditions().stream())
                .map(c -> c.getType() + "=" + c.getStatus() + " " + c.getReason() + ": " + c.getMessage())
                .collect(Collectors.joining("\n"));
    }

    private static Optional<Condition> condition(ConditionedStatus status, String type) {
        return status.conditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst();
    }

    private static Optional<ConditionedStatus> status(HasMetadata object) {
        return object instanceof CustomResource<?, ?> resource && resource.getStatus() instanceof ConditionedStatus s
                ? Optional.of(s)
                : Optional.empty();
    }

    private void signal() {
        synchronized (changed) {
            changes++;
            changed.notifyAll();
        }
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::close);
    }
}
