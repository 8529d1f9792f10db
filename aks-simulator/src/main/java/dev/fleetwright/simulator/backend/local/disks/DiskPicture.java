package dev.fleetwright.simulator.backend.local.disks;

import java.util.List;
import java.util.Map;

/**
 * One look at the volumes of a cluster.
 *
 * @param zones zone label by node; empty for a node outside zones
 */
record DiskPicture(
        List<Claim> claims,
        List<Volume> volumes,
        List<Attachment> attachments,
        List<Mount> mounts,
        Map<String, String> zones) {
    /**
     * A claim for which Kubernetes wants a volume of ours now.
     *
     * @param node where its first pod is to run; empty when its class does not wait for one
     */
    record Claim(String uid, String node) {}

    /**
     * A volume of ours.
     *
     * @param abandoned whether its claim is gone and it goes with it
     */
    record Volume(String name, boolean abandoned) {}

    /** A VolumeAttachment: a disk that is, or is to be, on a machine. */
    record Attachment(String name, String volume, String node, boolean attached, boolean leaving) {}

    /**
     * A pod that waits on its node for volumes.
     *
     * @param volumes names of volumes that must be attached there
     * @param bound whether all its claims have volumes
     */
    record Mount(String podUid, String node, List<String> volumes, boolean bound) {}
}
