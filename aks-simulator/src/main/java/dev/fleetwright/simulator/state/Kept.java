package dev.fleetwright.simulator.state;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One thing that outlives the process. Its document says everything that is needed to make it again. */
public interface Kept {
    /** Where it is kept: a lower-case path that begins with a slash. What is kept below it goes when it goes. */
    String keptAt();

    /** Its kind: who can read it back. */
    String keptAs();

    /** Everything about it but what is kept below it; a document of the caller's own. */
    ObjectNode kept();
}
