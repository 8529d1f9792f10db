package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;

/** A resource that lives in a resource group and goes with it. Called under the subscription's lock. */
public interface GroupMember {
    /** The full ARM id in the casing that replies carry. */
    String id();

    /** The document of a GET. */
    ObjectNode document();

    /** Begins the removal that comes with the group's deletion; completes when nothing is left of it. */
    CompletionStage<Void> dispose();
}
