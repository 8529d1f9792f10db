package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.util.Optional;

/** On what condition Azure carries a write out. */
sealed interface ArmCondition {
    /** Whatever is there. */
    record None() implements ArmCondition {}

    /** Only when there is nothing of that name. */
    record Absent() implements ArmCondition {}

    /** Only when it is as it was read. */
    record Unchanged(String eTag) implements ArmCondition {}

    /**
     * Unchanged since a reading. One without a tag (Azure had such days) can only be held to this: that the thing is still
     * there, so that a change never creates.
     */
    static ArmCondition unchanged(Optional<String> eTag) {
        return new Unchanged(eTag.orElse("*"));
    }

    /** As {@link #unchanged} when the caller holds to a reading, else none. */
    static ArmCondition unchangedIfGiven(Optional<String> eTag) {
        return eTag.<ArmCondition>map(Unchanged::new).orElseGet(None::new);
    }

    default void addTo(HttpHeaders headers) {
        switch (this) {
            case None() -> {}
            case Absent() -> headers.set(HttpHeaderName.IF_NONE_MATCH, "*");
            case Unchanged(String eTag) -> headers.set(HttpHeaderName.IF_MATCH, eTag);
        }
    }
}
