package dev.fleetwright.azure.error;

import static dev.fleetwright.core.error.ErrorCode.CONFIGURATION_PROBLEM;
import static dev.fleetwright.core.error.ErrorCode.DEPENDENCY_MISSING;
import static dev.fleetwright.core.error.ErrorCode.DEPENDENCY_NOT_READY;
import static dev.fleetwright.core.error.ErrorCode.DRAIN_BLOCKED;
import static dev.fleetwright.core.error.ErrorCode.OPERATION_IN_PROGRESS;
import static dev.fleetwright.core.error.ErrorCode.POLICY_DENIED;
import static dev.fleetwright.core.error.ErrorCode.PRECONDITION_FAILED;
import static dev.fleetwright.core.error.ErrorCode.QUOTA_EXCEEDED;
import static dev.fleetwright.core.error.ErrorCode.RATE_LIMITS_EXCEEDED;
import static dev.fleetwright.core.error.ErrorCode.RESOURCES_DEPLETED;
import static dev.fleetwright.core.error.ErrorCode.RESOURCE_LOCKED;
import static dev.fleetwright.core.error.ErrorCode.TRANSIENT;
import static dev.fleetwright.core.error.ErrorCode.UNAUTHENTICATED;
import static dev.fleetwright.core.error.ErrorCode.UNAUTHORIZED;

import dev.fleetwright.core.error.ErrorCode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The table from Azure's errors to ours (aks-protocol.md section 5). The first row that fits wins; the last ones fit by
 * status alone, so that an unknown code has its place too.
 *
 * <p>A code alone decides little: {@code OperationNotAllowed} is at times a lock, a throttle, a quota or a plain no, and only
 * its message tells.
 */
final class ErrorTable {
    private static final String ANY = "";
    private static final int ANY_STATUS = -1;

    /**
     * One row.
     *
     * @param status the only status it is for, or {@link #ANY_STATUS}
     * @param codes codes it is for, as a regular expression that must fit the whole code without case; empty for any
     * @param message a regular expression to be found in the message, without case; empty for any
     */
    private record Row(int status, Pattern codes, Pattern message, ErrorCode meaning) {
        boolean fits(ArmError error) {
            return (status == ANY_STATUS || status == error.status())
                    && (codes.pattern().isEmpty() || codes.matcher(error.code()).matches())
                    && message.matcher(error.message()).find();
        }
    }

    private static final List<Row> ROWS = List.of(
            // Throttling comes first: it hides in other codes (cluster-api-provider-azure issue 2443).
            row(429, ANY, ANY, RATE_LIMITS_EXCEEDED),
            row("Throttled|SubscriptionRequestsThrottled|TooManyRequests.*", RATE_LIMITS_EXCEEDED),
            row(
                    "OperationNotAllowed|.*VMSSAgentPoolFailed",
                    "too ?many ?requests|\\bHighCost\\w+|status(Code)?\\W{0,3}429|\\b429\\b.*request",
                    RATE_LIMITS_EXCEEDED),
            row(412, ANY, ANY, PRECONDITION_FAILED),
            row("PreConditionFailed", PRECONDITION_FAILED),
            // Access.
            row("AuthorizationFailed|LinkedAuthorizationFailed|LinkedAccessCheckFailed", UNAUTHORIZED),
            row("CustomKubeletIdentityMissingPermissionError|PrincipalNotFound", DEPENDENCY_NOT_READY),
            row("RequestDisallowedByPolicy", POLICY_DENIED),
            row("ScopeLocked", RESOURCE_LOCKED),
            row(401, ANY, ANY, UNAUTHENTICATED),
            // What is missing. An unknown subscription is a wrong spec far more often than one still to come.
            row("SubscriptionNotFound|InvalidSubscriptionId", CONFIGURATION_PROBLEM),
            row("ParentResourceNotFound|ResourceGroupNotFound|ResourceNotFound|NotFound", DEPENDENCY_MISSING),
            row("ReferencedResourceNotProvisioned|VirtualNetworkNotInSucceededState", OPERATION_IN_PROGRESS),
            // An unknown or refused VM size; its text points to a page about quotas, and is not about one.
            row("BadRequest|InvalidParameter", "VM size of \\S+ is not allowed", CONFIGURATION_PROBLEM),
            // Wrapped causes before their wrappers.
            row(
                    "(Resource)?QuotaExceeded|ManagedClusterCountExceedsQuotaLimit|PublicIPCountLimitReached"
                        + "|SubnetIsFull|InsufficientSubnetSize|InsufficientVCPUQuota|ErrCode_InsufficientVCPUQuota",
                    QUOTA_EXCEEDED),
            row(
                    "OperationNotAllowed|.*VMSSAgentPoolFailed|BadRequest",
                    "\\bquota\\b|exceed\\w* .*\\blimit|public ?ip.* limit",
                    QUOTA_EXCEEDED),
            row(
                    "(Zonal)?AllocationFailed|Overconstrained(Zonal)?AllocationRequest|AksCapacityHeavyUsage"
                            + "|SkuNotAvailable",
                    RESOURCES_DEPLETED),
            row(
                    ".*VMSSAgentPoolFailed",
                    "AllocationFailed|OverconstrainedAllocation|SkuNotAvailable",
                    RESOURCES_DEPLETED),
            row("PodDrainFailure|UnsatisfiablePDB|PDBConstraint", DRAIN_BLOCKED),
            row(
                    "UpgradeFailed|DeleteVMSSAgentPoolFailed",
                    "PodDrainFailure|UnsatisfiablePDB|disruption budget|\\bdrain",
                    DRAIN_BLOCKED),
            // One operation at a time. The wording changed over the years: match loosely.
            row(
                    "OperationNotAllowed|BadRequest|Conflict",
                    "in progress|another operation|only allowed operation is deletion",
                    OPERATION_IN_PROGRESS),
            row("AnotherOperationInProgress|AKSOperationPreempted(ByDelete)?", OPERATION_IN_PROGRESS),
            // It exists and is not listed yet: look again.
            row("RoleAssignmentExists", TRANSIENT),
            // A sporadic defect of the role assignment service (Azure/azure-cli issue 23770).
            row(ANY, "hash conflict was encountered", TRANSIENT),
            // Wrong specs.
            row("InvalidAuthenticationToken.*|ExpiredAuthenticationToken", UNAUTHENTICATED),
            row(
                    "OperationNotAllowed|InvalidParameter|PropertyChangeNotAllowed|NodePoolMcVersionIncompatible"
                            + "|K8sVersionNotSupported|InvalidApiVersionParameter|NoRegisteredProviderFound"
                            + "|MissingApiVersionParameter|RoleAssignmentUpdateNotPermitted|InvalidResourceLocation"
                            + "|VMExtensionProvisioning.*|vmssCSE.*|LocationNotAvailableForResourceGroup"
                            + "|InvalidResourceGroupLocation",
                    CONFIGURATION_PROBLEM),
            // By status alone.
            row(400, ANY, ANY, CONFIGURATION_PROBLEM),
            row(403, ANY, ANY, UNAUTHORIZED),
            row(409, ANY, ANY, OPERATION_IN_PROGRESS),
            row(ANY, TRANSIENT));

    private ErrorTable() {}

    static ErrorCode codeOf(ArmError error) {
        return ROWS.stream()
                .filter(row -> row.fits(error))
                .findFirst()
                .map(Row::meaning)
                .orElse(TRANSIENT);
    }

    private static Row row(String codes, ErrorCode meaning) {
        return row(ANY_STATUS, codes, ANY, meaning);
    }

    private static Row row(String codes, String message, ErrorCode meaning) {
        return row(ANY_STATUS, codes, message, meaning);
    }

    private static Row row(int status, String codes, String message, ErrorCode meaning) {
        return new Row(
                status,
                Pattern.compile(codes, Pattern.CASE_INSENSITIVE),
                Pattern.compile(message, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
                meaning);
    }
}
