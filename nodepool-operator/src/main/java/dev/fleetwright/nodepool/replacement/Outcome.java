package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import java.util.Map;
import java.util.Set;

/** What came of a step. */
public sealed interface Outcome {
    /** It is done, or there was nothing to do outside. */
    record Done() implements Outcome {}

    /** Answers by pod uid. */
    record Answered(Map<String, EvictionAnswer> answers) implements Outcome {
        public Answered {
            answers = Map.copyOf(answers);
        }
    }

    /**
     * What became of intents of another process.
     *
     * @param leaving uids of pods that are gone or on their way out
     * @param untouched uids of pods that were never evicted
     */
    record Resolved(Set<String> leaving, Set<String> untouched) implements Outcome {
        public Resolved {
            leaving = Set.copyOf(leaving);
            untouched = Set.copyOf(untouched);
        }
    }

    /** Names of the nodes that were written to: late caches ask for marks that are there already. */
    record Marked(Set<String> nodes) implements Outcome {
        public Marked {
            nodes = Set.copyOf(nodes);
        }
    }

    /** Which nodes, by uid, the API server showed empty, and which not. */
    record Listed(Set<String> empty, Set<String> busy) implements Outcome {
        public Listed {
            empty = Set.copyOf(empty);
            busy = Set.copyOf(busy);
        }
    }

    /** The last look before the deletion found something: nothing was deleted. */
    record GateClosed() implements Outcome {}
}
