package dev.fleetwright.api.v1alpha1;

/** CEL rules that hold for a MachinePool and for the Nodepool it may come from. Sources: AKS's rules for system pools. */
final class PoolRules {
    static final String ONE_COUNT = "has(self.replicas) != has(self.scaling)";
    static final String ONE_COUNT_MESSAGE = "exactly one of replicas and scaling must be set: remove one, or add one";

    private static final String USER = "!has(self.mode) || self.mode != 'System' || ";

    static final String SYSTEM_LINUX = USER + "!has(self.template.osType) || self.template.osType == 'Linux'";
    static final String SYSTEM_LINUX_MESSAGE =
            "template.osType Windows is not possible in a System pool: set mode to User, or osType to Linux";

    static final String SYSTEM_REGULAR =
            USER + "!has(self.template.scaleSetPriority) || self.template.scaleSetPriority == 'Regular'";
    static final String SYSTEM_REGULAR_MESSAGE =
            "template.scaleSetPriority Spot is not possible in a System pool: set mode to User, or scaleSetPriority to"
                    + " Regular";

    static final String SYSTEM_COUNT =
            USER + "((!has(self.replicas) || self.replicas >= 1) && (!has(self.scaling) || self.scaling.min >= 1))";
    static final String SYSTEM_COUNT_MESSAGE =
            "mode System needs a node at all times: set replicas or scaling.min to at least 1, or mode to User";

    static final String SYSTEM_PODS = USER + "!has(self.template.maxPods) || self.template.maxPods >= 30";
    static final String SYSTEM_PODS_MESSAGE =
            "template.maxPods of a System pool must be at least 30: raise maxPods, or set mode to User";

    private PoolRules() {}
}
