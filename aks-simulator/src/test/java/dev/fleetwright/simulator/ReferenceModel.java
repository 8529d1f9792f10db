package dev.fleetwright.simulator;

import dev.fleetwright.simulator.Deed.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the protocol page, told a second time and as briefly as possible: who is refused, what is accepted, which
 * states and eTags follow. It does not know how long anything takes: it is told when an operation has ended.
 */
final class ReferenceModel {
    /** A cluster or a pool. */
    static class Resource {
        String state = "Creating";

        @Nullable
        Work work;

        String eTag = "";
        boolean eTagMoves = true;

        boolean busy() {
            return work != null;
        }
    }

    static final class Cluster extends Resource {
        final Map<String, Pool> pools = new LinkedHashMap<>();
    }

    static final class Pool extends Resource {
        int count;
        boolean system;

        Pool(int count, boolean system) {
            this.count = count;
            this.system = system;
        }
    }

    /** An operation that runs. */
    record Work(String kind, String cluster, @Nullable String pool, String url) {}

    private final boolean parallel;
    private final boolean preempting;
    final Map<String, Cluster> clusters = new LinkedHashMap<>();
    final List<Deed.Fail> ordered = new ArrayList<>();

    ReferenceModel(boolean parallel, boolean preempting) {
        this.parallel = parallel;
        this.preempting = preempting;
    }

    Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    Optional<Pool> pool(String cluster, String name) {
        return cluster(cluster).map(c -> c.pools.get(name));
    }

    Stream<Work> running() {
        return clusters.values().stream()
                .flatMap(c -> Stream.concat(Stream.of(c), c.pools.values().stream()))
                .filter(Resource::busy)
                .map(resource -> resource.work);
    }

    /** The status that a condition alone leads to; 0 when it is met. */
    static int judged(Condition condition, boolean exists, boolean create) {
        return switch (condition) {
            case NONE -> 0;
            case CURRENT, ANY -> exists ? 0 : 412;
            case STALE -> 412;
            case ABSENT -> create && exists ? 412 : 0;
            case MALFORMED, BOTH -> create ? 400 : 0;
        };
    }

    int putCluster(Deed.PutCluster deed) {
        Optional<Cluster> existing = cluster(deed.cluster());
        int judged = judged(deed.condition(), existing.isPresent(), true);
        if (judged != 0) {
            return judged;
        }
        return existing.map(c -> anyBusy(c) ? 409 : 200).orElse(201);
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
        return c.state.equals("Deleting") || preempting || !anyBusy(c) ? 202 : 409;
    }

    int abortCluster(Deed.AbortCluster deed) {
        return cluster(deed.cluster()).map(c -> c.busy() ? 202 : 409).orElse(404);
    }

    int putPool(Deed.PutPool deed) {
        if (cluster(deed.cluster()).isEmpty()) {
            return 404;
        }
        Cluster c = cluster(deed.cluster()).get();
        Optional<Pool> existing = pool(deed.cluster(), deed.pool());
        int judged = judged(deed.condition(), existing.isPresent(), true);
        if (judged != 0) {
            return judged;
        }
        if (blocked(c, deed.pool())) {
            return 409;
        }
        boolean tooFew = deed.system() && deed.count() < 1;
        boolean lastSystem = !deed.system() && existing.isPresent() && isLastSystem(c, deed.pool());
        return tooFew || lastSystem ? 400 : existing.isPresent() ? 200 : 201;
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
        return blocked(clusters.get(deed.cluster()), deed.pool()) ? 409 : 202;
    }

    private boolean anyBusy(Cluster c) {
        return c.busy() || c.pools.values().stream().anyMatch(Resource::busy);
    }

    private boolean blocked(Cluster c, String pool) {
        return c.busy()
                || c.pools.entrySet().stream()
                        .filter(entry -> !parallel || entry.getKey().equals(pool))
                        .anyMatch(entry -> entry.getValue().busy());
    }

    private static boolean isLastSystem(Cluster c, String pool) {
        return c.pools.get(pool).system
                && c.pools.entrySet().stream()
                        .noneMatch(entry -> !entry.getKey().equals(pool) && entry.getValue().system);
    }

    /** An operation on a whole cluster was accepted. */
    void begun(String name, String kind, String state, String poolState, String url) {
        Cluster c = clusters.computeIfAbsent(name, _ -> new Cluster());
        c.work = new Work(kind, name, null, url);
        c.state = state;
        c.eTagMoves = true;
        c.pools.values().forEach(pool -> {
            pool.work = null;
            pool.state = poolState;
            pool.eTagMoves = true;
        });
    }

    /** An operation on a pool was accepted. */
    void begunOnPool(String cluster, String pool, String kind, String state, String url) {
        Pool p = clusters.get(cluster).pools.get(pool);
        p.work = new Work(kind, cluster, pool, url);
        p.state = state;
        p.eTagMoves = true;
    }

    /** Takes back the order to fail that fits an operation; empty when there is none. */
    Optional<Deed.Fail> fate(Work work) {
        return ordered.stream()
                .filter(fail ->
                        fail.kind().equals(work.kind()) && fail.cluster().equals(work.cluster()))
                .findFirst();
    }

    /** An operation that ran has this final status. */
    void ended(Work work, String status) {
        Cluster c = clusters.get(work.cluster());
        if (work.pool() == null) {
            clusterEnded(c, work, status);
        } else {
            poolEnded(c, work, status);
        }
    }

    private void clusterEnded(Cluster c, Work work, String status) {
        if (status.equals("Succeeded") && work.kind().equals("delete managed cluster")) {
            clusters.remove(work.cluster());
            return;
        }
        c.work = null;
        c.state = status;
        c.eTagMoves = true;
        c.pools.values().forEach(pool -> {
            pool.state = status;
            pool.eTagMoves = true;
        });
    }

    private static void poolEnded(Cluster c, Work work, String status) {
        if (status.equals("Succeeded") && work.kind().equals("delete agentpool")) {
            c.pools.remove(work.pool());
            return;
        }
        Pool p = c.pools.get(work.pool());
        p.work = null;
        p.state = status;
        p.eTagMoves = true;
    }
}
