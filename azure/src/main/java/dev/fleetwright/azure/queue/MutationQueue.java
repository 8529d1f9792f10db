package dev.fleetwright.azure.queue;

import dev.fleetwright.api.ArmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * One ARM mutation at a time per managed cluster, in the order of asking.
 *
 * <p>A reconciler asks at every pass on which it wants to write, or on which its operation still runs; asking again renews
 * its turn or its place. When its operation has ended it releases. Who stops asking (its object is gone, its process
 * hangs) loses turn or place after the lease, so nobody waits for the dead.
 *
 * <p>The queue lives in one process and starts empty; the running operations are in the objects' status. Therefore a
 * reconciler that finds an operation of its own there calls {@link #resume}, and Azure's own lock stands behind the rest.
 *
 * <p>Safe for threads; nobody waits in here.
 */
public final class MutationQueue {
    private static final class Place {
        private final Requester requester;
        private Instant leaseEnds;

        Place(Requester requester, Instant leaseEnds) {
            this.requester = requester;
            this.leaseEnds = leaseEnds;
        }
    }

    private final Duration lease;
    private final Map<ArmId, Deque<Place>> lines = new HashMap<>();

    /** @param lease how long a turn or a place is kept without asking again; above the longest pause between two passes */
    public MutationQueue(Duration lease) {
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("the lease must be above zero, not " + lease);
        }
        this.lease = lease;
    }

    /** Asks for the turn, or keeps it, or keeps the place in the line. */
    public synchronized Turn tryAcquire(ArmId managedCluster, Requester requester, Instant now) {
        Deque<Place> line = lineWithoutTheDead(managedCluster, now);
        place(line, requester)
                .ifPresentOrElse(
                        p -> p.leaseEnds = now.plus(lease), () -> line.addLast(new Place(requester, now.plus(lease))));
        return turn(line, requester);
    }

    /**
     * Like {@link #tryAcquire}, for a requester whose operation is known to run already: it goes before all who only wait,
     * and behind nobody but a holder.
     */
    public synchronized Turn resume(ArmId managedCluster, Requester requester, Instant now) {
        Deque<Place> line = lineWithoutTheDead(managedCluster, now);
        Place holder = line.peekFirst();
        if (holder != null && !holder.requester.equals(requester)) {
            line.removeIf(p -> p.requester.equals(requester));
            line.removeFirst();
            line.addFirst(new Place(requester, now.plus(lease)));
            line.addFirst(holder);
            return turn(line, requester);
        }
        return tryAcquire(managedCluster, requester, now);
    }

    /**
     * Gives up the turn or the place; nothing happens when there is none.
     *
     * @return who has the turn then, so that it can be woken; empty when nobody waits
     */
    public synchronized Optional<Requester> release(ArmId managedCluster, Requester requester) {
        Deque<Place> line = lines.getOrDefault(managedCluster, new ArrayDeque<>());
        line.removeIf(p -> p.requester.equals(requester));
        if (line.isEmpty()) {
            lines.remove(managedCluster);
        }
        return Optional.ofNullable(line.peekFirst()).map(p -> p.requester);
    }

    /** Who has the turn now, if anybody. */
    public synchronized Optional<Requester> holder(ArmId managedCluster, Instant now) {
        Deque<Place> line = lineWithoutTheDead(managedCluster, now);
        Optional<Requester> holder = Optional.ofNullable(line.peekFirst()).map(p -> p.requester);
        if (holder.isEmpty()) {
            lines.remove(managedCluster);
        }
        return holder;
    }

    private Deque<Place> lineWithoutTheDead(ArmId managedCluster, Instant now) {
        Deque<Place> line = lines.computeIfAbsent(managedCluster, c -> new ArrayDeque<>());
        line.removeIf(p -> !now.isBefore(p.leaseEnds));
        return line;
    }

    private static Optional<Place> place(Deque<Place> line, Requester requester) {
        return line.stream().filter(p -> p.requester.equals(requester)).findFirst();
    }

    private static Turn turn(Deque<Place> line, Requester requester) {
        Place holder = line.getFirst();
        if (holder.requester.equals(requester)) {
            return new Turn.Granted(holder.leaseEnds);
        }
        int position = 0;
        for (Iterator<Place> places = line.iterator(); places.hasNext(); position++) {
            if (places.next().requester.equals(requester)) {
                break;
            }
        }
        return new Turn.Waiting(holder.requester, position, holder.leaseEnds);
    }
}
