package dev.fleetwright.companion.anchor;

/** Where a Cluster is in its life, as far as it matters to what is built upon it. */
public enum Stage {
    /** The Cluster or its ManagedControlPlane does not exist (yet), and nothing says that it is being deleted. */
    ABSENT,
    /** Both exist and stay. */
    LIVING,
    /** Deleted by someone, but protected: nothing is touched until the protection is lifted. */
    PROTECTED,
    /** Being deleted; the managed cluster may still exist in Azure and need what it was given. */
    LEAVING,
    /** Being deleted, and the managed cluster is gone from Azure. */
    REMOVED
}
