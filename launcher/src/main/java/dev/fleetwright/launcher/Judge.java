package dev.fleetwright.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.launcher.evidence.AzureOperation;
import dev.fleetwright.launcher.evidence.WorkloadEvidence;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was promised, held against the witnesses: the workload cluster's audit log and objects, the simulator's record of
 * operations and requests.
 */
public final class Judge {
    static final String DRAINER = "fleetwright-nodepool-operator";

    /** The built-in role AcrPull. Source: the list of Azure built-in roles. */
    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";

    private static final String CLUSTER_ID = "/subscriptions/" + Simulator.SUBSCRIPTION + "/resourceGroups/"
            + Demo.CLUSTER + "/providers/Microsoft.ContainerService/managedClusters/" + Demo.CLUSTER;
    private static final String POOL_LABEL = "fleetwright.dev/nodepool";

    private final Stack stack;
    private final Demo.Acts acts;
    private final WorkloadEvidence evidence;
    private final List<Promise> promises = new ArrayList<>();

    public Judge(Stack stack, Demo.Acts acts) {
        this.stack = stack;
        this.acts = acts;
        this.evidence = WorkloadEvidence.read(acts.workload().audit(), DRAINER);
    }

    WorkloadEvidence evidence() {
        return evidence;
    }

    public List<Promise> judge() {
        promises.clear();
        granted();
        nodes();
        moves();
        locks();
        return List.copyOf(promises);
    }

    private void granted() {
        JsonNode cluster = stack.simulator().resource(CLUSTER_ID, "2025-09-01").path("properties");
        String kubelet = cluster.at("/identityProfile/kubeletidentity/objectId").asText("none");
        JsonNode grants = stack.simulator()
                .resource(Simulator.REGISTRY + "/providers/Microsoft.Authorization/roleAssignments", "2022-04-01");
        boolean granted = false;
        for (JsonNode grant : grants.path("value")) {
            granted |= grant.at("/properties/principalId").asText().equals(kubelet)
                    && grant.at("/properties/roleDefinitionId").asText().endsWith(ACR_PULL);
        }
        promise("the nodes may pull images", granted, "AcrPull for the kubelet identity " + kubelet);
        String expander = cluster.at("/autoScalerProfile/expander").asText("none");
        promise("the autoscaler profile is set", expander.equals("least-waste"), "expander " + expander);
    }

    private void nodes() {
        List<Nodepool> pools = stack.client()
                .resources(Nodepool.class)
                .inNamespace(Demo.FLEET)
                .list()
                .getItems();
        List<Node> nodes = acts.workload().nodes();
        for (Nodepool pool : pools) {
            var template = pool.getSpec().template();
            List<Node> own = nodes.stream()
                    .filter(n -> pool.getMetadata()
                            .getName()
                            .equals(n.getMetadata().getLabels().get(POOL_LABEL)))
                    .toList();
            boolean shaped = Objects.equals(own.size(), pool.getSpec().replicas())
                    && own.stream().allMatch(n -> shaped(n, template.vmSize(), template.maxPods()));
            promise(
                    "every node of " + pool.getMetadata().getName() + " is as its Nodepool says, and Ready",
                    shaped,
                    own.size() + " nodes " + template.vmSize() + ", " + template.maxPods() + " pods each");
        }
    }

    private static boolean shaped(Node node, String size, @Nullable Integer maxPods) {
        return size.equals(node.getMetadata().getLabels().get("node.kubernetes.io/instance-type"))
                && (maxPods == null
                        || new Quantity(String.valueOf(maxPods))
                                .equals(node.getStatus().getCapacity().get("pods")))
                && node.getSpec().getUnschedulable() == null
                && node.getStatus().getConditions().stream()
                        .anyMatch(c ->
                                c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    private void moves() {
        for (var run : List.of(acts.replacement(), acts.upgrade())) {
            var figures = evidence.during(run);
            String name = run.equals(acts.replacement()) ? "replacement" : "upgrade";
            promise(
                    "no pod moved twice in the " + name,
                    figures.podsMovedAgain().isEmpty() && figures.podsMoved() > 0,
                    figures.podsMoved() + " moved, " + twice(figures.podsMovedAgain()));
            promise(
                    "no PodDisruptionBudget was breached in the " + name,
                    figures.belowBudget().isZero(),
                    Text.seconds(figures.belowBudget()) + " below a minimum");
        }
        promise("no pod was evicted twice", evidence.evictedTwice().isEmpty(), twice(evidence.evictedTwice()));
        promise(
                "every eviction named the uid of its pod",
                evidence.evictionsWithoutUid() == 0,
                evidence.evictionsWithoutUid() + " without");
    }

    private void locks() {
        List<AzureOperation> operations = stack.simulator().operations().stream()
                .filter(operation ->
                        operation.subject().toLowerCase(Locale.ROOT).startsWith(CLUSTER_ID.toLowerCase(Locale.ROOT)))
                .toList();
        List<Instant> evictions = evidence.evictionTimes();
        long held = evictions.stream()
                .filter(t -> operations.stream().anyMatch(o -> o.openAt(t)))
                .count();
        promise(
                "no Azure operation was open while pods were moved",
                held == 0,
                held + " of " + evictions.size() + " evictions during an operation");
    }

    private static String twice(Collection<?> pods) {
        return pods.isEmpty() ? "none twice" : "twice: " + pods;
    }

    private void promise(String text, boolean held, String detail) {
        promises.add(new Promise(text, held, detail));
    }
}
