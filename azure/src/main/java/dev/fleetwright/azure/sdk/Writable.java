package dev.fleetwright.azure.sdk;

import dev.fleetwright.azure.ProvisioningState;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;

/** What must hold of a fresh reading before it is written back. */
final class Writable {
    private Writable() {}

    /** It is there: an update never creates. */
    static void requirePresent(ArmReply read, ArmClient arm, String doing) {
        if (Absence.of(read) != Absence.UNKNOWN) {
            throw FleetException.of(ErrorCode.PRECONDITION_FAILED, "cannot " + doing + ": it does not exist");
        }
        arm.accepted(read, doing);
    }

    /** No operation runs: Azure would refuse the write, and count it. */
    static void requireIdle(ProvisioningState state, String doing) {
        if (!state.terminal()) {
            throw FleetException.of(ErrorCode.OPERATION_IN_PROGRESS, "cannot " + doing + " now: it is " + state);
        }
    }
}
