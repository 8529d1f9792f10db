package dev.fleetwright.simulator;

import dev.fleetwright.testing.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One step of a random history: what a client asks, what goes wrong, or that time passes. */
sealed interface Deed {
    List<String> POOLS = List.of("sys", "a", "b");

    /** The conditional headers of a write. */
    enum Condition {
        NONE,
        /** If-Match with the eTag that the resource has; one that nothing has when there is no resource. */
        CURRENT,
        /** If-Match with an eTag that the resource had once, or never. */
        STALE,
        /** If-Match with an asterisk. */
        ANY,
        /** If-None-Match with an asterisk. */
        ABSENT,
        /** If-None-Match with an eTag. */
        MALFORMED,
        BOTH
    }

    /** Creates a cluster with one System pool, or changes the tags of one that exists. */
    record PutCluster(String cluster, int tag, Condition condition) implements Deed {}

    /** Takes the control plane to a version; makes a cluster if there is none. */
    record UpgradeCluster(String cluster, String version, Condition condition) implements Deed {}

    record StopCluster(String cluster) implements Deed {}

    record StartCluster(String cluster) implements Deed {}

    record DeleteCluster(String cluster, Condition condition) implements Deed {}

    record AbortCluster(String cluster) implements Deed {}

    /** Creates or scales a pool, or changes its mode. */
    record PutPool(String cluster, String pool, int count, boolean system, Condition condition) implements Deed {}

    /** Takes a pool to a version, or makes one of that version. */
    record UpgradePool(String cluster, String pool, String version, Condition condition) implements Deed {}

    record DeletePool(String cluster, String pool, Condition condition) implements Deed {}

    record AbortPool(String cluster, String pool) implements Deed {}

    /** Takes the pool's first machine, if it has two. */
    record DeleteMachine(String cluster, String pool) implements Deed {}

    record PutGroup(String group) implements Deed {}

    /** With everything in it. */
    record DeleteGroup(String group) implements Deed {}

    /** The next operation of this kind on this cluster, or on one of its pools, is to fail. */
    record Fail(String kind, String cluster) implements Deed {}

    record Pass(Duration time) implements Deed {}

    /** The process is killed and started again on its journal. */
    record Restart() implements Deed {}

    /** A snapshot is taken and put back. */
    record Reload() implements Deed {}

    /** Each cluster has a resource group of its own. */
    static String groupOf(String cluster) {
        return "rg-" + cluster;
    }

    /** A history that begins with a cluster, so that most of it is not in vain. */
    static Gen<List<Deed>> histories() {
        return random -> {
            var deeds = new ArrayList<Deed>();
            deeds.add(new PutGroup(groupOf("weu")));
            deeds.add(new PutCluster("weu", 0, Condition.NONE));
            deeds.add(new Pass(Duration.ofSeconds(random.nextInt(2) == 0 ? 900 : random.nextInt(400))));
            int length = 5 + random.nextInt(30);
            for (int i = 0; i < length; i++) {
                deeds.add(next(random));
            }
            return List.copyOf(deeds);
        };
    }

    private static Deed next(RandomGenerator random) {
        String cluster = random.nextInt(5) == 0 ? "neu" : "weu";
        String pool = POOLS.get(random.nextInt(POOLS.size()));
        return switch (random.nextInt(34)) {
            case 0, 1 -> new PutCluster(cluster, random.nextInt(100), condition(random));
            case 2 -> new DeleteCluster(cluster, condition(random));
            case 3 -> new AbortCluster(cluster);
            case 4, 5, 6, 7, 8 ->
                new PutPool(cluster, pool, random.nextInt(5), random.nextInt(4) == 0, condition(random));
            case 9, 10 -> new DeletePool(cluster, pool, condition(random));
            case 11, 12 -> new AbortPool(cluster, pool);
            case 13 -> new DeleteMachine(cluster, pool);
            case 14 -> new Fail(KINDS.get(random.nextInt(KINDS.size())), cluster);
            case 15 -> new Restart();
            case 16 -> new Reload();
            case 17, 18 -> new UpgradeCluster(cluster, one(Versions.OF_CLUSTERS, random), condition(random));
            case 19, 20, 21 -> new UpgradePool(cluster, pool, one(Versions.OF_POOLS, random), condition(random));
            case 22 -> new StopCluster(cluster);
            case 23 -> new StartCluster(cluster);
            case 24 -> new PutGroup(groupOf(cluster));
            case 25 -> random.nextInt(3) == 0 ? new DeleteGroup(groupOf(cluster)) : new PutGroup(groupOf(cluster));
            case 26, 27, 28 -> new Pass(Duration.ofMillis(random.nextInt(20_000)));
            case 29, 30 -> new Pass(Duration.ofSeconds(random.nextInt(200)));
            default -> new Pass(Duration.ofMinutes(15));
        };
    }

    private static String one(List<String> versions, RandomGenerator random) {
        return versions.get(random.nextInt(versions.size()));
    }

    List<String> KINDS = List.of(
            "create managed cluster",
            "update managed cluster",
            "upgrade managed cluster",
            "stop managed cluster",
            "start managed cluster",
            "delete managed cluster",
            "create agentpool",
            "update agentpool",
            "delete agentpool",
            "delete machines");

    private static Condition condition(RandomGenerator random) {
        return random.nextInt(2) == 0 ? Condition.NONE : Condition.values()[random.nextInt(Condition.values().length)];
    }
}
