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

    /** Unchanged since a reading; a reading without a tag (Azure had such days) cannot be held to anything. */
    static ArmCondition unchanged(Optional<String> eTag) {
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
