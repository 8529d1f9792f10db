package dev.fleetwright.azure.throttle;

/**
 * The published limits: token buckets with a burst and a refill (aks-protocol.md section 6).
 *
 * <p>The AKS ones are per region; that pool reads, deletes, aborts and credentials share one bucket is our reading of "all
 * other calls". The ARM ones count per subscription and principal.
 */
public enum Limit {
    AKS_LIST_SUBSCRIPTION(500, 1, Scope.SUBSCRIPTION),
    AKS_LIST_GROUP(60, 1, Scope.RESOURCE),
    AKS_PUT_CLUSTER(20, 1.0 / 60, Scope.RESOURCE),
    AKS_PUT_POOL(20, 1.0 / 60, Scope.RESOURCE),
    AKS_GET_CLUSTER(60, 1, Scope.RESOURCE),
    AKS_OPERATION(200, 2, Scope.SUBSCRIPTION_AND_REGION),
    AKS_OTHER(60, 1, Scope.SUBSCRIPTION_AND_REGION),
    ARM_READ(250, 25, Scope.SUBSCRIPTION),
    ARM_WRITE(200, 10, Scope.SUBSCRIPTION),
    ARM_DELETE(200, 10, Scope.SUBSCRIPTION);

    /** What one bucket of a limit is for. */
    enum Scope {
        SUBSCRIPTION,
        SUBSCRIPTION_AND_REGION,
        RESOURCE
    }

    private final int burst;
    private final double refillPerSecond;
    private final Scope scope;

    Limit(int burst, double refillPerSecond, Scope scope) {
        this.burst = burst;
        this.refillPerSecond = refillPerSecond;
        this.scope = scope;
    }

    /** How many calls a rested bucket allows at once. */
    public int burst() {
        return burst;
    }

    /** How many calls come back per second of Azure's time. */
    public double refillPerSecond() {
        return refillPerSecond;
    }

    Scope scope() {
        return scope;
    }
}
