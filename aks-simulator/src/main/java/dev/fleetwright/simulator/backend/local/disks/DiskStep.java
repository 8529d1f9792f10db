package dev.fleetwright.simulator.backend.local.disks;

import java.util.List;

/** What is to be done about disks. */
sealed interface DiskStep {
    /** A disk is made for the claim. */
    record Make(String claimUid, String zone) implements DiskStep {}

    /** One call to one machine: it gives disks back and takes others. Names of VolumeAttachments. */
    record Move(String node, List<String> detach, List<String> attach) implements DiskStep {}

    /** All that the pod needs is on its node: its containers may start. */
    record Start(String podUid) implements DiskStep {}

    /** The disk and its volume are deleted. */
    record Destroy(String volume) implements DiskStep {}
}
