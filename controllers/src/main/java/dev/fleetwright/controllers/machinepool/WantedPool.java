package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.OwnerTag;
import java.util.Map;

/** What an object asks of its agent pool. */
final class WantedPool {
    /** Cluster API's mark that the count belongs to somebody else, unless the value is "false". */
    private static final String COUNT_OWNER = "cluster.x-k8s.io/replicas-managed-by";

    private static final String ADOPT = "fleetwright.dev/adopt";

    private WantedPool() {}

    /** For a creation: with the count, whoever owns it later. */
    static AgentPoolSpec atCreation(MachinePool pool) {
        return AgentPoolSpec.of(pool.getSpec(), owner(pool));
    }

    /** For a comparison: without the count when it belongs to somebody else. */
    static AgentPoolSpec now(MachinePool pool) {
        AgentPoolSpec wanted = atCreation(pool);
        String countOwner = annotations(pool).getOrDefault(COUNT_OWNER, "false");
        return countOwner.equals("false")
                ? wanted
                : new AgentPoolSpec(
                        wanted.name(),
                        wanted.mode(),
                        wanted.template(),
                        null,
                        wanted.scaling(),
                        wanted.version(),
                        wanted.owner());
    }

    /** The same without the version, which then stays as it is. */
    static AgentPoolSpec withoutVersion(AgentPoolSpec wanted) {
        return new AgentPoolSpec(
                wanted.name(),
                wanted.mode(),
                wanted.template(),
                wanted.replicas(),
                wanted.scaling(),
                null,
                wanted.owner());
    }

    /** The tag by which the agent pool is known as this object's. */
    static OwnerTag owner(MachinePool pool) {
        var metadata = pool.getMetadata();
        return new OwnerTag(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    /** Whether an existing agent pool may be taken over. */
    static boolean adopts(MachinePool pool) {
        return "true".equals(annotations(pool).get(ADOPT));
    }

    private static Map<String, String> annotations(MachinePool pool) {
        Map<String, String> annotations = pool.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
