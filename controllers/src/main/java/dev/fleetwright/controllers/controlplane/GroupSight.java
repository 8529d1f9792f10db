package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.azure.ResourceGroupState;

/** What Azure showed of the resource group; looked at only when there is no managed cluster in it. */
sealed interface GroupSight {
    record NotLooked() implements GroupSight {}

    record Absent() implements GroupSight {}

    /**
     * It is there.
     *
     * @param empty whether nothing is in it; asked only before it would be deleted, else false
     */
    record Seen(ResourceGroupState group, boolean empty) implements GroupSight {
        /** Whether the object with that uid made it. */
        boolean madeBy(String uid) {
            return OwnerTag.of(group.tags()).filter(o -> o.uid().equals(uid)).isPresent();
        }
    }
}
