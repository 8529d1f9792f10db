package dev.fleetwright.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.api.v1alpha1.Scaling;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Specs and states for tests, written as users write them. */
public final class PoolSpecs {
    public static final OwnerTag OWNER = new OwnerTag("fleet", "workers", "uid-1");
    public static final ArmId CLUSTER = ArmId.managedCluster("s", "g", "c");

    private static final ObjectMapper JSON = new ObjectMapper();

    private PoolSpecs() {}

    /** A template from its JSON; single quotes are taken for double ones. */
    public static AgentPoolTemplate template(String json) {
        return read(json, AgentPoolTemplate.class);
    }

    public static ManagedControlPlaneSpec controlPlane(String json) {
        return read(json, ManagedControlPlaneSpec.class);
    }

    public static AgentPoolSpec fixed(String template, int replicas) {
        return new AgentPoolSpec("workers", "User", template(template), replicas, null, null, OWNER);
    }

    public static AgentPoolSpec scaled(String template, int min, int max) {
        return new AgentPoolSpec("workers", "User", template(template), null, new Scaling(min, max), null, OWNER);
    }

    public static AgentPoolState state(String template, int count, @Nullable Scaling scaling) {
        return new AgentPoolState(
                CLUSTER.agentPool("workers"),
                Optional.of("\"1\""),
                new ProvisioningState("Succeeded"),
                "User",
                template(template),
                count,
                scaling != null,
                scaling,
                Optional.of("1.34"),
                Optional.of("1.34.2"),
                Optional.empty(),
                Optional.empty());
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json.replace('\'', '"'), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
