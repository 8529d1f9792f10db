package dev.fleetwright.simulator.backend.local.disks;

import dev.fleetwright.simulator.backend.local.Watches;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Attachment;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Claim;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Mount;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Volume;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the picture from the cluster's objects. */
final class DiskObjects {
    static final String DISK = "disk.csi.azure.com";
    static final String ZONE = "topology.disk.csi.azure.com/zone";
    static final String READY_TO_START = "PodReadyToStartContainers";

    /** Drivers whose volumes are made here; files need no attaching. */
    static final Set<String> DRIVERS = Set.of(DISK, "file.csi.azure.com");

    private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private final Watches watches;

    DiskObjects(Watches watches) {
        this.watches = watches;
    }

    /** @param done uids of attachments and pods whose change has been made but may not have come back yet */
    DiskPicture picture(Set<String> done) {
        var claims = watches.all(PersistentVolumeClaim.class);
        var volumes = watches.all(PersistentVolume.class);
        var ours = volumes.stream()
                .filter(volume -> driver(volume).filter(DRIVERS::contains).isPresent())
                .toList();
        var zones = new HashMap<String, String>();
        for (Node node : watches.all(Node.class)) {
            zones.put(
                    node.getMetadata().getName(), node.getMetadata().getLabels().getOrDefault(ZONE, ""));
        }
        return new DiskPicture(
                claims.stream()
                        .filter(DiskObjects::wanted)
                        .map(claim -> new Claim(claim.getMetadata().getUid(), annotation(claim, SELECTED_NODE)))
                        .toList(),
                ours.stream()
                        .filter(volume -> volume.getMetadata().getDeletionTimestamp() == null)
                        .map(volume -> new Volume(volume.getMetadata().getName(), abandoned(volume)))
                        .toList(),
                attachments(done),
                mounts(claims, volumes, done),
                zones);
    }

    private static boolean wanted(PersistentVolumeClaim claim) {
        return claim.getMetadata().getDeletionTimestamp() == null
                && claim.getSpec().getVolumeName() == null
                && DRIVERS.contains(annotation(claim, PROVISIONER));
    }

    private static String annotation(PersistentVolumeClaim claim, String key) {
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    private static boolean abandoned(PersistentVolume volume) {
        return volume.getStatus() != null
                && "Released".equals(volume.getStatus().getPhase())
                && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
    }

    static Optional<String> driver(PersistentVolume volume) {
        return Optional.ofNullable(volume.getSpec().getCsi()).map(csi -> csi.getDriver());
    }

    private List<Attachment> attachments(Set<String> done) {
        var attachments = new ArrayList<Attachment>();
        for (VolumeAttachment object : watches.all(VolumeAttachment.class)) {
            String volume = object.getSpec().getSource().getPersistentVolumeName();
            boolean leaving = object.getMetadata().getDeletionTimestamp() != null;
            boolean settled = done.contains(key(object, leaving));
            if (!DISK.equals(object.getSpec().getAttacher()) || volume == null || (leaving && settled)) {
                continue;
            }
            boolean attached = object.getStatus() != null
                    && Boolean.TRUE.equals(object.getStatus().getAttached());
            attachments.add(new Attachment(
                    object.getMetadata().getName(),
                    volume,
                    object.getSpec().getNodeName(),
                    attached || settled,
                    leaving));
        }
        return attachments;
    }

    /** Names one change of an attachment. */
    static String key(VolumeAttachment object, boolean leaving) {
        return (leaving ? "detached " : "attached ") + object.getMetadata().getUid();
    }

    private List<Mount> mounts(List<PersistentVolumeClaim> claims, List<PersistentVolume> volumes, Set<String> done) {
        var mounts = new ArrayList<Mount>();
        Map<String, PersistentVolumeClaim> byName =
                claims.stream().collect(Collectors.toMap(DiskObjects::nameOf, claim -> claim, (a, b) -> b));
        Map<String, PersistentVolume> volumesByName = volumes.stream()
                .collect(Collectors.toMap(volume -> volume.getMetadata().getName(), volume -> volume, (a, b) -> b));
        for (Pod pod : watches.all(Pod.class)) {
            if (!waits(pod) || done.contains(pod.getMetadata().getUid())) {
                continue;
            }
            var disks = new ArrayList<String>();
            boolean bound = true;
            for (String claimName : claimsOf(pod)) {
                var claim = byName.get(pod.getMetadata().getNamespace() + "/" + claimName);
                var volume = claim == null || claim.getSpec().getVolumeName() == null
                        ? null
                        : volumesByName.get(claim.getSpec().getVolumeName());
                if (volume == null) {
                    bound = false;
                } else if (driver(volume).filter(DISK::equals).isPresent()) {
                    disks.add(volume.getMetadata().getName());
                }
            }
            mounts.add(new Mount(pod.getMetadata().getUid(), pod.getSpec().getNodeName(), disks, bound));
        }
        return mounts;
    }

    private static String nameOf(PersistentVolumeClaim claim) {
        return claim.getMetadata().getNamespace() + "/" + claim.getMetadata().getName();
    }

    static List<String> claimsOf(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .toList();
    }

    /** Bound to a node, not started, and with volumes to wait for. */
    private static boolean waits(Pod pod) {
        return pod.getSpec().getNodeName() != null
                && pod.getMetadata().getDeletionTimestamp() == null
                && "Pending".equals(pod.getStatus().getPhase())
                && !claimsOf(pod).isEmpty()
                && pod.getStatus().getConditions().stream()
                        .noneMatch(condition -> condition.getType().equals(READY_TO_START)
                                && condition.getStatus().equals("True"));
    }
}
