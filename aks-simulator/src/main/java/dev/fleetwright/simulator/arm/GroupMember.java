package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.state.Kept;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A resource that lives in a resource group and goes with it. Called under the subscription's lock. */
public interface GroupMember extends Kept {
    /** The full ARM id in the casing that replies carry. */
    String id();

    /** The document of a GET. */
    ObjectNode document();

    /** The region that it is in; empty where it has none. */
    default String location() {
        return document().path("location").asText("");
    }

    /** Begins the removal that comes with the group's deletion; completes when nothing is left of it. */
    CompletionStage<Void> dispose();

    /** The rest of a removal that had begun when the process ended: nothing is asked for a second time. */
    default CompletionStage<Void> disposed() {
        return dispose();
    }

    /** It is no longer in its group. */
    default void removed() {}

    /** Whether a group cannot go while this is in it. */
    default boolean resists() {
        return false;
    }

    @Override
    default String keptAt() {
        return id().toLowerCase(Locale.ROOT);
    }

    /** Itself and whatever is kept below it, parents first. */
    default Stream<Kept> keptWithParts() {
        return Stream.of(this);
    }
}
