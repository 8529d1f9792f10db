package dev.fleetwright.simulator;

import dev.fleetwright.simulator.Deed.Condition;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of the protocol page, told a second time and as briefly as possible: who is refused, and what is accepted. The
 * answers are HTTP statuses.
 */
final class ReferenceModel extends ReferenceFleet {
    private final boolean parallel;
    private final boolean preempting;

    ReferenceModel(boolean parallel, boolean preempting) {
        this.parallel = parallel;
        this.preempting = preempting;
    }

    /** What a PUT of a pool comes to; the version is empty when it says nothing of one. */
    record PoolWish(int count, boolean system, String version) {}

    int putGroup(String group) {
        String deletion = groups.get(group);
        return deletion == null ? 201 : deletion.isEmpty() ? 200 : 409;
    }

    int deleteGroup(String group) {
        return groups.containsKey(group) ? 202 : 404;
    }

    /** The status that a group alone leads to; 0 where something can be made in it. */
    private int open(String cluster) {
        String deletion = groups.get(Deed.groupOf(cluster));
        return deletion == null ? 404 : deletion.isEmpty() ? 0 : 409;
    }

    /** The status that a condition alone leads to; 0 when it is met. */
    private static int judged(Condition condition, boolean exists, boolean create) {
        return switch (condition) {
            case NONE -> 0;
            case CURRENT, ANY -> exists ? 0 : 412;
            case STALE -> 412;
            case ABSENT -> create && exists ? 412 : 0;
            case MALFORMED, BOTH -> create ? 400 : 0;
        };
    }

    /** @param version empty when the PUT says nothing of one: an upgrade that was left undone then goes on */
    int putCluster(String name, String version, Condition condition) {
        Optional<Cluster> existing = cluster(name);
        int refused = open(name);
        if (refused == 0) {
            refused = judged(condition, existing.isPresent(), true);
        }
        if (refused != 0) {
            return refused;
        }
        if (existing.isEmpty()) {
            return version.isEmpty() || Versions.OFFERED.contains(version) ? 201 : 400;
        }
        Cluster c = existing.get();
        String target = version.isEmpty() ? c.wanted : version;
        boolean fits = Versions.reachable(c.version, target)
                && c.pools.values().stream().allMatch(pool -> Versions.together(target, pool.version));
        return c.anyBusy() ? 409 : c.stopped || !fits ? 400 : 200;
    }

    int deleteCluster(Deed.DeleteCluster deed) {
        Optional<Cluster> existing = cluster(deed.cluster());
        if (existing.isEmpty()) {
            return 204;
        }
        int judged = judged(deed.condition(), true, false);
        if (judged != 0) {
            return judged;
        }
        Cluster c = existing.get();
        return c.state.equals("Deleting") || preempting || !c.anyBusy() ? 202 : 409;
    }

    int abortCluster(String name) {
        return cluster(name).map(c -> c.busy() ? 202 : 409).orElse(404);
    }

    /** Starts what is stopped, stops what is not. */
    int turn(String name, boolean stopped) {
        return cluster(name)
                .map(c -> c.anyBusy() ? 409 : c.stopped == stopped ? 400 : 202)
                .orElse(404);
    }

    int putPool(String cluster, String pool, PoolWish wish, Condition condition) {
        Optional<Pool> existing = pool(cluster, pool);
        int refused = open(cluster);
        if (refused == 0 && cluster(cluster).isEmpty()) {
            refused = 404;
        }
        if (refused == 0) {
            refused = judged(condition, existing.isPresent(), true);
        }
        if (refused != 0) {
            return refused;
        }
        Cluster c = clusters.get(cluster);
        if (blocked(c, pool)) {
            return 409;
        }
        boolean tooFew = wish.system() && wish.count() < 1;
        boolean lastSystem = !wish.system() && existing.isPresent() && isLastSystem(c, pool);
        String before = existing.map(p -> p.version).orElse(Versions.OFFERED.getFirst());
        String version = version(c, existing, wish);
        boolean fits = Versions.together(c.version, version) && Versions.compare(version, before) >= 0;
        return c.stopped || tooFew || lastSystem || !fits ? 400 : existing.isPresent() ? 200 : 201;
    }

    /** A pool that is made without a version gets the control plane's. */
    static String version(Cluster cluster, Optional<Pool> existing, PoolWish wish) {
        return wish.version().isEmpty() ? existing.map(p -> p.version).orElse(cluster.version) : wish.version();
    }

    int deletePool(Deed.DeletePool deed) {
        Optional<Pool> existing = pool(deed.cluster(), deed.pool());
        if (existing.isEmpty()) {
            return 204;
        }
        int judged = judged(deed.condition(), true, false);
        if (judged != 0) {
            return judged;
        }
        Cluster c = clusters.get(deed.cluster());
        if (existing.get().state.equals("Deleting") && existing.get().busy()) {
            return 202;
        }
        if (blocked(c, deed.pool())) {
            return 409;
        }
        return isLastSystem(c, deed.pool()) ? 400 : 202;
    }

    int abortPool(Deed.AbortPool deed) {
        return pool(deed.cluster(), deed.pool()).map(p -> p.busy() ? 202 : 409).orElse(404);
    }

    int deleteMachine(Deed.DeleteMachine deed) {
        Cluster c = clusters.get(deed.cluster());
        return blocked(c, deed.pool()) ? 409 : c.stopped ? 400 : 202;
    }

    private boolean blocked(Cluster c, String pool) {
        return c.busy()
                || c.pools.entrySet().stream()
                        .filter(entry -> !parallel || entry.getKey().equals(pool))
                        .anyMatch(entry -> entry.getValue().busy());
    }

    /** Another one that is being deleted does not count. */
    private static boolean isLastSystem(Cluster c, String pool) {
        return c.pools.get(pool).system
                && c.pools.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(pool))
                        .map(Map.Entry::getValue)
                        .noneMatch(other -> other.system && !other.state.equals("Deleting"));
    }
}
