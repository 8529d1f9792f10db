package dev.fleetwright.simulator.backend.local.disks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Attachment;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Claim;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Mount;
import dev.fleetwright.simulator.backend.local.disks.DiskPicture.Volume;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskPlanTest {
    private static List<DiskStep> next(DiskPicture picture, String... busyNodes) {
        return DiskPlan.next(picture, Set.of(busyNodes), Set.of());
    }

    private static DiskPicture attachments(Attachment... attachments) {
        return new DiskPicture(List.of(), List.of(), List.of(attachments), List.of(), Map.of());
    }

    @Test
    void aDiskIsMadeInTheZoneOfTheNodeThatItsPodGoesTo() {
        var picture = new DiskPicture(
                List.of(new Claim("c1", "n1")), List.of(), List.of(), List.of(), Map.of("n1", "westeurope-2"));
        assertThat(next(picture)).containsExactly(new DiskStep.Make("c1", "westeurope-2"));
        assertThat(DiskPlan.next(picture, Set.of(), Set.of("c1"))).isEmpty();
    }

    @Test
    void whatOneMachineIsToTakeAndGiveBackGoesInOneCall() {
        var picture = attachments(
                new Attachment("a1", "v1", "n1", false, false),
                new Attachment("a2", "v2", "n1", false, false),
                new Attachment("a3", "v3", "n1", true, true),
                new Attachment("a4", "v4", "n1", true, false));
        assertThat(next(picture)).containsExactly(new DiskStep.Move("n1", List.of("a3"), List.of("a1", "a2")));
        assertThat(next(picture, "n1")).isEmpty();
    }

    @Test
    void aDiskIsNotAttachedWhileAnotherMachineHoldsIt() {
        var wanted = new Attachment("a2", "v1", "n2", false, false);
        assertThat(next(attachments(new Attachment("a1", "v1", "n1", true, false), wanted)))
                .isEmpty();
        assertThat(next(attachments(new Attachment("a1", "v1", "n1", true, true), wanted)))
                .containsExactly(new DiskStep.Move("n1", List.of("a1"), List.of()));
        assertThat(next(attachments(wanted))).containsExactly(new DiskStep.Move("n2", List.of(), List.of("a2")));
    }

    @Test
    void ofTwoMachinesThatWantTheSameDiskOneGetsIt() {
        var picture = attachments(
                new Attachment("a1", "v1", "n1", false, false), new Attachment("a2", "v1", "n2", false, false));
        assertThat(next(picture)).containsExactly(new DiskStep.Move("n1", List.of(), List.of("a1")));
    }

    @Test
    void aPodStartsWhenAllItsVolumesAreBoundAndOnItsNode() {
        var here = new Attachment("a1", "v1", "n1", true, false);
        var picture = new DiskPicture(
                List.of(),
                List.of(),
                List.of(here, new Attachment("a2", "v2", "n9", true, false)),
                List.of(
                        new Mount("starts", "n1", List.of("v1"), true),
                        new Mount("files alone", "n1", List.of(), true),
                        new Mount("unbound", "n1", List.of("v1"), false),
                        new Mount("elsewhere", "n1", List.of("v1", "v2"), true)),
                Map.of());
        assertThat(next(picture)).containsExactly(new DiskStep.Start("starts"), new DiskStep.Start("files alone"));
    }

    @Test
    void anAbandonedDiskGoesOnceNoMachineHoldsIt() {
        var volumes = List.of(new Volume("v1", true), new Volume("v2", true), new Volume("v3", false));
        var picture = new DiskPicture(
                List.of(), volumes, List.of(new Attachment("a1", "v1", "n1", true, false)), List.of(), Map.of());
        assertThat(next(picture)).containsExactly(new DiskStep.Destroy("v2"));
    }
}
