package dev.fleetwright.simulator.backend.local.disks;

import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Attachment;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Claim;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Mount;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Volume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be done now. Pure.
 *
 * <p>A disk is on one machine at most: it is attached only when nothing else holds it. A machine takes one call at a time;
 * what comes meanwhile waits and goes along with the next call, as the cloud provider batches it.
 */
final class DiskPlan {
    private DiskPlan() {}

    /**
     * @param busyNodes machines with a call under way
     * @param busyClaims claims and volumes that are being made or deleted
     */
    static List<DiskStep> next(DiskPicture picture, Set<String> busyNodes, Set<String> busyClaims) {
        var steps = new ArrayList<DiskStep>();
        for (Claim claim : picture.claims()) {
            if (!busyClaims.contains(claim.uid())) {
                steps.add(new DiskStep.Make(claim.uid(), picture.zones().getOrDefault(claim.node(), "")));
            }
        }
        var nodes = new LinkedHashSet<String>();
        picture.attachments().forEach(attachment -> nodes.add(attachment.node()));
        for (String node : nodes) {
            if (!busyNodes.contains(node)) {
                move(picture, node, steps);
            }
        }
        for (Mount mount : picture.mounts()) {
            if (mount.bound() && mount.volumes().stream().allMatch(volume -> on(picture, volume, mount.node()))) {
                steps.add(new DiskStep.Start(mount.podUid()));
            }
        }
        for (Volume volume : picture.volumes()) {
            boolean held = picture.attachments().stream()
                    .anyMatch(attachment -> attachment.volume().equals(volume.name()));
            if (volume.abandoned() && !held && !busyClaims.contains(volume.name())) {
                steps.add(new DiskStep.Destroy(volume.name()));
            }
        }
        return steps;
    }

    private static void move(DiskPicture picture, String node, List<DiskStep> steps) {
        var here = picture.attachments().stream()
                .filter(attachment -> attachment.node().equals(node))
                .toList();
        var detach =
                here.stream().filter(Attachment::leaving).map(Attachment::name).toList();
        var attach = here.stream()
                .filter(attachment -> !attachment.leaving() && !attachment.attached())
                .filter(attachment -> free(picture, attachment))
                .map(Attachment::name)
                .toList();
        if (!detach.isEmpty() || !attach.isEmpty()) {
            steps.add(new DiskStep.Move(node, detach, attach));
        }
    }

    /** Of several that want the same disk the first one gets it. */
    private static boolean free(DiskPicture picture, Attachment wanted) {
        return picture.attachments().stream()
                .filter(other ->
                        other.volume().equals(wanted.volume()) && !other.name().equals(wanted.name()))
                .noneMatch(other ->
                        other.attached() || other.leaving() || other.name().compareTo(wanted.name()) < 0);
    }

    private static boolean on(DiskPicture picture, String volume, String node) {
        return picture.attachments().stream()
                .anyMatch(attachment -> attachment.volume().equals(volume)
                        && attachment.node().equals(node)
                        && attachment.attached()
                        && !attachment.leaving());
    }
}
