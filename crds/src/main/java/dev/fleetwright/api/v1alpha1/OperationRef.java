package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A long-running ARM operation of ours, kept so that any process can resume it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OperationRef(
        @JsonPropertyDescription("What runs: Create, Update, Upgrade, Scale or Delete.") @Required @Size(max = 64)
        String kind,

        @JsonPropertyDescription("The signed operation URL, whole; absent when Azure gave none.")
        @Size(max = 8192)
        @Nullable
        String url,

        @JsonPropertyDescription("When Azure accepted it.") @Nullable
        Instant startedAt,

        @JsonPropertyDescription("The metadata.generation it carries out.") @Nullable
        Long generation,

        @JsonPropertyDescription("Azure correlation id, for support cases.") @Size(max = 128) @Nullable
        String correlationID,

        @JsonPropertyDescription("What Azure last said of it.") @Size(max = 1024) @Nullable
        String message) {}
