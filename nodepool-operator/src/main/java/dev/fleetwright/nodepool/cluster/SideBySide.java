package dev.fleetwright.nodepool.cluster;

import dev.fleetwright.nodepool.replacement.Fanout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Many calls at once on virtual threads.
 *
 * @param most in flight at once; the rest waits
 */
public record SideBySide(int most) implements Fanout {
    @Override
    public <T> void each(Collection<T> things, Consumer<T> call) {
        if (things.size() == 1) {
            things.forEach(call);
            return;
        }
        Semaphore room = new Semaphore(most);
        List<Future<?>> calls = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T thing : things) {
                calls.add(threads.submit(() -> {
                    room.acquireUninterruptibly();
                    try {
                        call.accept(thing);
                    } finally {
                        room.release();
                    }
                }));
            }
        }
        calls.forEach(SideBySide::throwIfFailed);
    }

    private static void throwIfFailed(Future<?> ended) {
        try {
            ended.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
