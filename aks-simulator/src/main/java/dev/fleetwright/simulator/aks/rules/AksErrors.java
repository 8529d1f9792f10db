package dev.fleetwright.simulator.aks.rules;

import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.http.Refusal;

/** The refusals of the AKS provider, by situation: codes and texts in one place. */
public final class AksErrors {
    private AksErrors() {}

    public static Refusal invalid(String parameter, String detail) {
        return new ArmError(
                        "InvalidParameter",
                        "The value of parameter " + parameter + " is invalid. Error details: " + detail
                                + " Please see https://aka.ms/aks-naming-rules for more details.",
                        "",
                        parameter)
                .unwrapped(400);
    }

    /** A body that does not decode. */
    public static Refusal unreadable(String why) {
        return ArmError.aks(400, "UnmarshalError", "UnmarshalEntity encountered error: " + why + ".");
    }

    public static Refusal unknownField(String name) {
        return unreadable(
                "json: unknown field \"" + name + "\" Check that the field is in the right location, is spelled"
                        + " correctly, and is supported in the API version. Visit"
                        + " aka.ms/aks/apiversions for more API version information.");
    }

    public static Refusal badRequest(String message) {
        return ArmError.aks(400, "BadRequest", message);
    }

    public static Refusal immutable(String property) {
        return new ArmError(
                        "PropertyChangeNotAllowed",
                        "Changing property '" + property + "' is not allowed.",
                        "",
                        property)
                .unwrapped(400);
    }

    public static Refusal priorityImmutable(String wanted, String current) {
        return badRequest("ScaleSetPriority is immutable. Provided value is " + wanted + ", Please use current value "
                + current + ".");
    }

    public static Refusal notAllowed(String message) {
        return ArmError.aks(400, "OperationNotAllowed", message);
    }

    public static Refusal lastSystemPool(String pool) {
        return notAllowed("There must be at least one system agent pool in the cluster: agent pool '" + pool
                + "' is the last one and can neither be deleted nor become a user pool.");
    }

    public static Refusal versionsIncompatible(String poolVersion, String clusterVersion, int skew) {
        return ArmError.aks(
                400,
                "NodePoolMcVersionIncompatible",
                "Node pool version " + poolVersion + " and control plane version " + clusterVersion
                        + " are incompatible. A node pool must not be newer than its control plane, nor more than "
                        + skew
                        + " minor versions older. For more information, please check"
                        + " https://aka.ms/aks/UpgradeVersionRules");
    }

    public static Refusal versionUnknown(String version) {
        return ArmError.aks(
                400,
                "K8sVersionNotSupported",
                "Kubernetes version " + version + " is not supported in this region. Please use [az aks get-versions]"
                        + " command to get the supported version list in this region.");
    }

    public static Refusal sizeUnknown(String size, String location) {
        return badRequest("The VM size of " + size + " is not allowed in your subscription in location '" + location
                + "'. For more details, please visit https://aka.ms/cpu-quota");
    }

    /** The text of a size that exists but is not sold there (documented), in which a zone may be named. */
    public static Refusal sizeNotOffered(String size, String location, String zone) {
        return ArmError.aks(
                400,
                "SKUNotAvailable",
                "The requested VM size " + size + " is currently not available in location '" + location + "'"
                        + (zone.isEmpty() ? "" : " zone '" + zone + "'")
                        + ". Please try another size or deploy to a different location or zone. See"
                        + " https://aka.ms/azureskunotavailable for details.");
    }

    /**
     * A subnet without the addresses that a pool would need.
     *
     * @param shared whether others have addresses of the subnet; otherwise it is too small in itself
     */
    public static Refusal subnetTooSmall(String subnet, long needed, long available, boolean shared) {
        String numbers = "Pre-allocated IPs " + needed + " exceeds IPs available " + Math.max(0, available);
        return shared
                ? ArmError.aks(
                        400,
                        "SubnetIsFull",
                        "Subnet " + subnet + " does not have enough capacity for " + needed + " IP addresses. "
                                + numbers + ".")
                : ArmError.aks(
                        400,
                        "InsufficientSubnetSize",
                        numbers + " in Subnet " + subnet
                                + ". If Azure CNI is used, each node takes one address and one for each of maxPods."
                                + " See http://aka.ms/aks/insufficientsubnetsize for more details.");
    }

    /** Refused at once, or the end of an operation that wanted surge nodes. */
    public static ArmError quota(String what, String location, int limit, int usage, int additional) {
        return new ArmError(
                "QuotaExceeded",
                "Operation could not be completed as it results in exceeding approved " + what
                        + " quota. Additional details - Deployment Model: Resource Manager, Location: " + location
                        + ", Current Limit: " + limit + ", Current Usage: " + usage + ", Additional Required: "
                        + additional + ", (Minimum) New Limit Required: " + (usage + additional) + ".");
    }

    public static Refusal clusterQuota(int limit, int usage) {
        return ArmError.aks(
                400,
                "ManagedClusterCountExceedsQuotaLimit",
                "Operation results in exceeding quota limits for managed clusters. Maximum allowed: " + limit
                        + ", Current usage: " + usage + ", Additional requested: 1.");
    }

    public static Refusal newPoolByClusterPut() {
        return badRequest("A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed"
                + " through managed cluster operations. For agent pool specific change, please use per agent pool"
                + " operations: https://aka.ms/agent-pool-rest-api");
    }

    /** A 412; its code is open question 8 of the protocol page. */
    public static Refusal precondition(String code, String message) {
        return ArmError.aks(412, code, message);
    }

    public static Refusal clusterNotFound(String cluster, String group) {
        return SimpleResources.notFound("Microsoft.ContainerService/managedClusters/" + cluster, group);
    }

    public static Refusal parentNotFound(String cluster, String action) {
        return ArmError.gateway(
                404,
                "ParentResourceNotFound",
                "Failed to perform '" + action
                        + "' on resource(s) of type 'managedClusters/agentPools', because the parent" + " resource '"
                        + cluster + "' could not be found.");
    }

    /** A missing pool is told by the provider, not by the gateway (recorded). */
    public static Refusal poolNotFound(String pool, String cluster) {
        return new ArmError(
                        "NotFound",
                        "Could not find the agent pool '" + pool + "' in the managed cluster '" + cluster + "'.",
                        "GetAgentPool_NotFound_HCPServerError",
                        "")
                .unwrapped(404);
    }
}
