package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One error that is not yet overcome. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ErrorRecord(
        @JsonPropertyDescription("Stable code, for example ERR_INFRA_QUOTA_EXCEEDED.") @Required @Size(max = 64)
        String code,

        @JsonPropertyDescription("What happened and what to mend.") @Size(max = 4096) @Nullable
        String message,

        @JsonPropertyDescription("When this error was first seen in a row.") @Nullable
        Instant firstSeen,

        @JsonPropertyDescription("When it was last seen.") @Nullable
        Instant lastSeen,

        @JsonPropertyDescription("How often in a row.") @Min(0) @Nullable
        Integer attempts,

        @JsonPropertyDescription("When it is tried again; it is never given up.") @Nullable
        Instant nextTry) {}
