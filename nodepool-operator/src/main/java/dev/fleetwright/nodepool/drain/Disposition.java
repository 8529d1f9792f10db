package dev.fleetwright.nodepool.drain;

/** What a drain does with a pod, by the rules of Cluster API: the first that fits decides. */
public enum Disposition {
    /** Stays where it is and goes with the node: finished, DaemonSet, mirror, or told so by label. */
    LEAVE,
    /** On its way out already: nobody evicts it again. */
    TERMINATING,
    /** Runs to its end. */
    WAIT_COMPLETED,
    /** Is moved. */
    MOVE;

    /** The disposition of a pod. */
    public static Disposition of(PodView pod) {
        PodView.Owner owner = pod.owner();
        String wish = pod.labels().getOrDefault(PodView.DRAIN_LABEL, "");
        if (pod.finished() || pod.mirror() || wish.equals("skip")) {
            return LEAVE;
        }
        if (owner != null && owner.kind().equals("DaemonSet")) {
            return LEAVE;
        }
        if (pod.terminating()) {
            return TERMINATING;
        }
        return wish.equals("wait-completed") ? WAIT_COMPLETED : MOVE;
    }

    /** True when a node that carries such a pod is not empty. */
    public boolean mustLeave() {
        return this != LEAVE;
    }
}
