package dev.fleetwright.controllers.controlplane;

/** The kubeconfig Secret of a cluster as it stands in the management cluster. */
enum KubeconfigSight {
    MISSING,
    /** There is a Secret of that name which is not ours; it is left alone. */
    FOREIGN,
    CURRENT,
    /** Ours, but of another managed cluster, or past two thirds of its certificate's life. */
    DUE
}
