package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.AgentPools;
import dev.fleetwright.azure.Machine;
import dev.fleetwright.azure.Presence;
import dev.fleetwright.azure.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Agent pools over ARM. */
final class SdkAgentPools implements AgentPools {
    private final ArmClient arm;

    SdkAgentPools(ArmClient arm) {
        this.arm = arm;
    }

    @Override
    public Presence<AgentPoolState> get(ArmId pool) {
        String doing = "read agent pool " + pool;
        ArmReply reply = arm.get(pool, ApiVersions.CONTAINER_SERVICE, doing);
        if (reply.successful()) {
            return new Presence.Present<>(
                    AgentPoolDocument.read(pool, reply.body().path("properties")));
        }
        return switch (Absence.of(reply)) {
            case THIS -> new Presence.Absent<>();
            case PARENT -> new Presence.ParentAbsent<>();
            case UNKNOWN -> throw arm.error(reply).toException(doing);
        };
    }

    @Override
    public Submitted create(ArmId pool, AgentPoolSpec spec) {
        return arm.write(
                        HttpMethod.PUT,
                        pool,
                        ApiVersions.CONTAINER_SERVICE,
                        body(AgentPoolDocument.create(spec)),
                        new ArmCondition.Absent(),
                        "create agent pool " + pool)
                .submitted();
    }

    @Override
    public Optional<Submitted> update(ArmId pool, AgentPoolSpec spec) {
        String doing = "update agent pool " + pool;
        ArmReply read = arm.get(pool, ApiVersions.CONTAINER_SERVICE, doing);
        Writable.requirePresent(read, arm, doing);
        JsonNode properties = read.body().path("properties");
        AgentPoolState state = AgentPoolDocument.read(pool, properties);
        Set<String> fields = spec.changeableDifferences(state);
        // The last change failed: the same once more is how AKS is asked to try again.
        boolean halted = state.provisioningState().terminal()
                && !state.provisioningState().succeeded();
        if (fields.isEmpty() && !halted) {
            return Optional.empty();
        }
        Writable.requireIdle(state.provisioningState(), doing);
        return Optional.of(arm.write(
                        HttpMethod.PUT,
                        pool,
                        ApiVersions.CONTAINER_SERVICE,
                        body(AgentPoolDocument.update(properties, spec, fields)),
                        ArmCondition.unchanged(state.eTag()),
                        doing)
                .submitted());
    }

    @Override
    public Submitted delete(ArmId pool, Optional<String> eTag) {
        return arm.delete(
                pool, ApiVersions.CONTAINER_SERVICE, ArmCondition.unchangedIfGiven(eTag), "delete agent pool " + pool);
    }

    @Override
    public Submitted deleteMachines(ArmId pool, List<String> machineNames) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        machineNames.forEach(body.putArray("machineNames")::add);
        return arm.write(
                        HttpMethod.POST,
                        ArmClient.path(pool) + "/deleteMachines",
                        ApiVersions.CONTAINER_SERVICE,
                        body,
                        new ArmCondition.None(),
                        "delete machines of agent pool " + pool)
                .submitted();
    }

    @Override
    public List<Machine> machines(ArmId pool) {
        String doing = "list the machines of agent pool " + pool;
        List<Machine> machines = new ArrayList<>();
        for (JsonNode item : arm.list(ArmClient.path(pool) + "/machines", ApiVersions.CONTAINER_SERVICE, doing)) {
            ArmReply.text(item, "/properties/resourceId")
                    .ifPresent(id -> machines.add(new Machine(item.path("name").asText(), ArmId.parse(id))));
        }
        return List.copyOf(machines);
    }

    @Override
    public Submitted abort(ArmId pool) {
        return arm.write(
                        HttpMethod.POST,
                        ArmClient.path(pool) + "/abort",
                        ApiVersions.CONTAINER_SERVICE,
                        null,
                        new ArmCondition.None(),
                        "abort the operation on agent pool " + pool)
                .submitted();
    }

    private static ObjectNode body(ObjectNode properties) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("properties", properties);
        return body;
    }
}
