package dev.fleetwright.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the reference model remembers: groups, clusters, pools, and what runs on them. It does not know how long anything
 * takes: it is told when an operation has ended.
 */
class ReferenceFleet {
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
        boolean stopped;

        /** Of the control plane, as it is. */
        String version;

        /** As was asked for last: what an upgrade that failed has left undone. */
        String wanted;

        Cluster(String version) {
            this.version = version;
            this.wanted = version;
        }

        boolean anyBusy() {
            return busy() || pools.values().stream().anyMatch(Resource::busy);
        }
    }

    static final class Pool extends Resource {
        int count;
        boolean system;
        String version;

        /** Whether every machine has the pool's version. */
        boolean rolled;

        Pool(int count, boolean system, String version) {
            this.count = count;
            this.system = system;
            this.version = version;
        }
    }

    /** An operation that runs. */
    record Work(String kind, String cluster, @Nullable String pool, String url) {}

    /** What takes a control plane to the version that was asked for; a start or a stop does not. */
    private static final List<String> BY_PUT =
            List.of("create managed cluster", "update managed cluster", "upgrade managed cluster");

    final Map<String, Cluster> clusters = new LinkedHashMap<>();

    /** Where the deletion of each group can be polled; empty while the group is not being deleted. */
    final Map<String, String> groups = new LinkedHashMap<>();

    final List<Deed.Fail> ordered = new ArrayList<>();

    Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    Optional<Pool> pool(String cluster, String name) {
        return cluster(cluster).map(c -> c.pools.get(name));
    }

    /** Names of the clusters in a group. */
    List<String> inside(String group) {
        return clusters.keySet().stream()
                .filter(name -> Deed.groupOf(name).equals(group))
                .toList();
    }

    /** Groups that are being deleted. */
    List<String> vanishing() {
        return groups.keySet().stream()
                .filter(group -> !groups.getOrDefault(group, "").isEmpty())
                .toList();
    }

    Stream<Work> running() {
        return clusters.values().stream()
                .flatMap(c -> Stream.concat(Stream.of(c), c.pools.values().stream()))
                .filter(Resource::busy)
                .map(resource -> resource.work);
    }

    /** An operation on a whole cluster was accepted. */
    void begun(String name, String kind, String state, String poolState, String url) {
        Cluster c = clusters.get(name);
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

    /** The order to fail that fits an operation; empty when there is none. */
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
        boolean succeeded = status.equals("Succeeded");
        if (succeeded && work.kind().equals("delete managed cluster")) {
            clusters.remove(work.cluster());
            return;
        }
        c.work = null;
        c.state = status;
        c.eTagMoves = true;
        c.pools.values().forEach(pool -> {
            pool.state = status;
            pool.eTagMoves = true;
            pool.rolled |= succeeded;
        });
        if (succeeded && BY_PUT.contains(work.kind())) {
            c.version = c.wanted;
        }
    }

    private static void poolEnded(Cluster c, Work work, String status) {
        boolean succeeded = status.equals("Succeeded");
        if (succeeded && work.kind().equals("delete agentpool")) {
            c.pools.remove(work.pool());
            return;
        }
        Pool p = c.pools.get(work.pool());
        p.work = null;
        p.state = status;
        p.eTagMoves = true;
        p.rolled |= succeeded && !work.kind().equals("delete machines");
    }

    /** The deletion of a group is over: the group is gone or, where something is left in it, as it was before. */
    void vanished(String group) {
        if (inside(group).isEmpty()) {
            groups.remove(group);
        } else {
            groups.put(group, "");
        }
    }
}
