package dev.fleetwright.nodepool.plan;

/** Labels and annotations that this operator writes and reads. */
public final class Names {
    /** On nodes, MachinePools and NodepoolReplacements: name of the Nodepool. The label of nodes survives replacement. */
    public static final String NODEPOOL_LABEL = "fleetwright.dev/nodepool";

    /** On MachinePools and NodepoolReplacements: how many pools had been made when this one was; from 1. */
    public static final String TEMPLATE_GENERATION = "fleetwright.dev/template-generation";

    /** On NodepoolReplacements: the target is not the pool that is wanted any more; the value says why. */
    public static final String SUPERSEDED = "fleetwright.dev/superseded";

    /** On NodepoolReplacements: what was wanted when it was made, while its target does not exist yet. */
    public static final String WANTED = "fleetwright.dev/wanted";

    /** On objects of a cluster: its name, as Cluster API labels them. */
    public static final String CLUSTER_LABEL = "cluster.x-k8s.io/cluster-name";

    /** On any object: nothing is written for it while this is there, whatever its value. */
    public static final String PAUSED = "fleetwright.dev/paused";

    private Names() {}
}
