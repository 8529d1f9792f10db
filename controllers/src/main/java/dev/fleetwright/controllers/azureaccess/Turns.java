package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.queue.MutationQueue;
import dev.fleetwright.azure.queue.Requester;
import dev.fleetwright.azure.queue.Turn;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Whose turn it is to change a managed cluster; who is next is woken when the turn is given up. */
public final class Turns {
    private final MutationQueue queue;
    private final InstantSource clock;
    private final Consumer<Requester> wake;

    /** @param wake tells a requester that its turn may have come; called on the thread of the one before */
    public Turns(MutationQueue queue, InstantSource clock, Consumer<Requester> wake) {
        this.queue = queue;
        this.clock = clock;
        this.wake = wake;
    }

    /** Asks for the turn; what is waited for, when it is not ours yet. */
    public Optional<String> ask(ArmId managedCluster, Requester requester) {
        return waiting(queue.tryAcquire(managedCluster, requester, clock.instant()));
    }

    /** Takes the turn back for an operation that was found running, such as after a restart. */
    public void resume(ArmId managedCluster, Requester requester) {
        queue.resume(managedCluster, requester, clock.instant());
    }

    /** Gives up turn or place. Costs nothing when there is none. */
    public void release(ArmId managedCluster, Requester requester) {
        Optional<Requester> holder = queue.holder(managedCluster, clock.instant());
        queue.release(managedCluster, requester);
        if (holder.filter(requester::equals).isPresent()) {
            queue.holder(managedCluster, clock.instant()).ifPresent(wake);
        }
    }

    private static Optional<String> waiting(Turn turn) {
        return switch (turn) {
            case Turn.Granted granted -> Optional.empty();
            // The place in the line is left out: a message that moves at every step would be written at every step.
            case Turn.Waiting waiting ->
                Optional.of("waits for " + waiting.behind() + " to finish its change in Azure");
        };
    }
}
