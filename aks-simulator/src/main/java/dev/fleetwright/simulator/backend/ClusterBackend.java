package dev.fleetwright.simulator.backend;

import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * What stands behind managed clusters. Every method returns at once and does its work elsewhere; a stage that fails makes
 * the ARM operation fail. Clusters are named by {@code key}, nodes by their Kubernetes name.
 */
public interface ClusterBackend extends AutoCloseable {

    /**
     * Starts a control plane and what AKS puts into kube-system; completes when its API server serves. Asked again for one
     * that this process has started, it gives that one.
     */
    CompletionStage<Access> createCluster(String key);

    /**
     * Finds again, or starts again on its own data, the control plane of a cluster that was stopped or that an earlier
     * process created; completes when its API server serves, where it served before.
     */
    CompletionStage<Access> continueCluster(String key);

    /** Ends a control plane and keeps what is in it. Succeeds for one that is not running. */
    CompletionStage<Void> stopCluster(String key);

    /** The way to a stopped control plane, which nobody answers: what it will be once it is started again. */
    CompletionStage<Access> stoppedCluster(String key);

    /**
     * Gives a control plane another certificate authority and starts it anew on its own data: no certificate of before is
     * good any more. Completes when its API server serves, where it served before.
     */
    CompletionStage<Access> renewCluster(String key);

    /** Ends a control plane with everything in it. Succeeds for one that is not there. */
    CompletionStage<Void> deleteCluster(String key);

    /** A machine has booted: its node joins. */
    CompletionStage<Void> addNode(String key, NodeSpec node);

    /** A machine is gone: its node and the pods on it go too. Succeeds for one that is not there. */
    CompletionStage<Void> removeNode(String key, String node);

    /** Replaces those labels and taints of a node that AKS owns. */
    CompletionStage<Void> relabelNode(String key, NodeSpec before, NodeSpec after);

    /**
     * Cordons the nodes and moves their pods away.
     *
     * @param limit wall-clock time after which it gives up
     * @param wanted asked now and then: it leaves off once nobody wants it any more
     * @return empty when the nodes are empty, else what is in the way
     */
    CompletionStage<Optional<String>> drain(
            String key, List<String> nodes, Duration limit, boolean ignoreBudgets, BooleanSupplier wanted);

    /** Makes drained nodes schedulable again. */
    CompletionStage<Void> uncordon(String key, List<String> nodes);

    /** Makes one change to a node. Succeeds for one that is not there. */
    CompletionStage<Void> change(String key, String node, NodeChange change);

    /** Whether clusters have pods that could be looked at: without them nothing scales by itself. */
    boolean observable();

    /** What the cluster autoscaler sees now. */
    CompletionStage<ClusterPicture> picture(String key);

    /** Lets a cluster's users know how its autoscaler is. */
    CompletionStage<Void> publish(String key, Status status);

    @Override
    void close();

    /** How to reach a cluster's API server as its administrator: the pieces of a kubeconfig. Data is base64. */
    record Access(String server, String certificateAuthorityData, Map<String, String> user) {
        public Access {
            user = Map.copyOf(user);
        }
    }

    /** One taint as Kubernetes knows it; value may be empty. */
    record Taint(String key, String value, String effect) {}

    /**
     * A node as it joins.
     *
     * @param kubeletVersion with the leading v
     * @param memoryMiB of the machine; the allocatable part is smaller
     */
    record NodeSpec(
            String name,
            Map<String, String> labels,
            List<Taint> taints,
            String providerId,
            String kubeletVersion,
            String osImage,
            String internalIp,
            String architecture,
            int vcpus,
            int memoryMiB,
            int maxPods,
            int osDiskGiB) {
        public NodeSpec {
            labels = Map.copyOf(labels);
            taints = List.copyOf(taints);
        }
    }
}
