package dev.fleetwright.controllers.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** The one thing to do about a Cluster now. */
sealed interface ClusterDecision {
    /** Tell what the parts say. */
    record Aggregate() implements ClusterDecision {}

    /** Nothing may be written. */
    record Pause(String message) implements ClusterDecision {}

    /** Delete the parts that are not being deleted yet; a second time changes nothing. */
    record DeleteParts(List<HasMetadata> parts) implements ClusterDecision {}

    /** Wait for parts to go. */
    record WaitForParts(String reason, String message) implements ClusterDecision {}

    /** It takes a person. */
    record Refuse(String reason, String message) implements ClusterDecision {}

    /** All parts have gone. */
    record Leave() implements ClusterDecision {}
}
