package dev.fleetwright.local;

import java.util.concurrent.CountDownLatch;

/** A JVM that starts a cluster, tells about it, and waits to be killed. */
final class OwnerOfCluster {
    static final String READY = "ready";

    private OwnerOfCluster() {}

    public static void main(String[] arguments) throws InterruptedException {
        LocalCluster cluster = LocalCluster.start(ClusterOptions.workload("doomed"));
        System.out.println(cluster.folder());
        for (Component component : Component.values()) {
            System.out.println("pid " + cluster.process(component).pid().orElseThrow());
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
