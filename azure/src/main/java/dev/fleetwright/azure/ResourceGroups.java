package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.util.Map;
import java.util.Optional;

/** Resource groups. Azure knows no entity tags here: read first, and create only what is absent. */
public interface ResourceGroups {
    /** The group, or empty when Azure says that this group does not exist. */
    Optional<ResourceGroupState> get(ArmId id);

    /**
     * Creates the group. An existing group of that name in the same location would have its tags replaced, so call this
     * only right after {@link #get} gave empty.
     */
    Submitted create(ArmId id, String location, Map<String, String> tags);

    /** Whether nothing is in the group: a positive answer, or an error. A group that does not exist is empty. */
    boolean isEmpty(ArmId id);

    /** Deletes the group <b>with everything in it</b>. Accepted also when it is gone already. */
    Submitted delete(ArmId id);
}
