package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One pod that cannot move now, and why. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BlockedPod(
        @JsonPropertyDescription("Namespace of the pod.") @Required @Size(max = 63)
        String namespace,

        @JsonPropertyDescription("Name of the pod.") @Required @Size(max = 253)
        String name,

        @JsonPropertyDescription("uid of the pod.") @Required @Size(max = 64)
        String uid,

        @JsonPropertyDescription("Node it runs on.") @Size(max = 253) @Nullable
        String node,

        @JsonPropertyDescription("Its controller, as Deployment/cart.") @Size(max = 320) @Nullable
        String owner,

        @JsonPropertyDescription("The PodDisruptionBudget that refuses.") @Size(max = 253) @Nullable
        String budget,

        @JsonPropertyDescription("Healthy pods that the budget needs.") @Nullable
        Integer healthyNeeded,

        @JsonPropertyDescription("Healthy pods that it has.") @Nullable
        Integer healthyPresent,

        @JsonPropertyDescription("Stable reason: DisruptionBudget, SeveralBudgets, Terminating, WaitCompleted ...")
        @Size(max = 64)
        @Nullable
        String reason,

        @JsonPropertyDescription("What the API server said.") @Size(max = 1024) @Nullable
        String message,

        @JsonPropertyDescription("Since when it is refused.") @Nullable
        Instant since,

        @JsonPropertyDescription("When nextAction is taken.") @Nullable
        Instant deadline,

        @JsonPropertyDescription("Wait or Delete.") @Size(max = 64) @Nullable
        String nextAction) {}
