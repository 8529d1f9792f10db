package dev.fleetwright.simulator.backend.local;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Empties nodes as AKS does when it deletes or upgrades them: all at once, trying again until the limit. */
final class Drain {
    private final Evictions evictions;
    private final List<String> nodes;
    private final boolean ignoreBudgets;
    private final BooleanSupplier wanted;
    private final Duration pause;
    private final Executor threads;

    Drain(
            Evictions evictions,
            List<String> nodes,
            boolean ignoreBudgets,
            BooleanSupplier wanted,
            Duration pause,
            Executor threads) {
        this.evictions = evictions;
        this.nodes = List.copyOf(nodes);
        this.ignoreBudgets = ignoreBudgets;
        this.wanted = wanted;
        this.pause = pause;
        this.threads = threads;
    }

    /** Empty when every pod is gone; else, after the limit, what was in the way. */
    CompletableFuture<Optional<String>> run(Duration limit) {
        nodes.forEach(evictions::cordon);
        return round(System.nanoTime() + limit.toNanos());
    }

    private CompletableFuture<Optional<String>> round(long deadline) {
        if (!wanted.getAsBoolean()) {
            return CompletableFuture.completedFuture(Optional.of("it was called off"));
        }
        var obstacles = new ArrayList<String>();
        int left = 0;
        for (String node : nodes) {
            for (Pod pod : evictions.movable(node)) {
                left++;
                if (pod.getMetadata().getDeletionTimestamp() == null) {
                    ask(pod).ifPresent(why -> obstacles.add(pod.getMetadata().getNamespace() + "/"
                            + pod.getMetadata().getName() + ": " + why));
                }
            }
        }
        if (left == 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (System.nanoTime() - deadline > 0) {
            String what = obstacles.isEmpty() ? left + " pods have not ended" : String.join("; ", obstacles);
            return CompletableFuture.completedFuture(Optional.of(what));
        }
        Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, threads);
        return CompletableFuture.completedFuture(null).thenComposeAsync(_ -> round(deadline), later);
    }

    private Optional<String> ask(Pod pod) {
        if (ignoreBudgets) {
            evictions.delete(pod);
            return Optional.empty();
        }
        return evictions.evict(pod);
    }
}
