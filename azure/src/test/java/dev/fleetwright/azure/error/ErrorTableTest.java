package dev.fleetwright.azure.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetwright.core.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} {1} {2} means {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | Throttled | '' | RATE_LIMITS_EXCEEDED",
                "429 | '' | '' | RATE_LIMITS_EXCEEDED",
                "429 | SomethingNew | in progress | RATE_LIMITS_EXCEEDED",
                "409 | OperationNotAllowed | VMSS failed, StatusCode=429, HighCostGetVMScaleSet30Min |"
                        + " RATE_LIMITS_EXCEEDED",
                "0 | CreateVMSSAgentPoolFailed | TooManyRequests from compute | RATE_LIMITS_EXCEEDED",
                "412 | PreConditionFailed | etag mismatch | PRECONDITION_FAILED",
                "412 | EtagMismatch | '' | PRECONDITION_FAILED",
                "401 | ExpiredAuthenticationToken | '' | UNAUTHENTICATED",
                "401 | '' | '' | UNAUTHENTICATED",
                "403 | AuthorizationFailed | does not have authorization | UNAUTHORIZED",
                "403 | SomethingNew | '' | UNAUTHORIZED",
                "403 | RequestDisallowedByPolicy | policy 'no-b-series' | POLICY_DENIED",
                "409 | ScopeLocked | '' | RESOURCE_LOCKED",
                "404 | SubscriptionNotFound | '' | CONFIGURATION_PROBLEM",
                "404 | ResourceGroupNotFound | '' | DEPENDENCY_MISSING",
                "404 | ParentResourceNotFound | '' | DEPENDENCY_MISSING",
                "404 | '' | '' | TRANSIENT",
                "400 | PrincipalNotFound | '' | DEPENDENCY_NOT_READY",
                "400 | CustomKubeletIdentityMissingPermissionError | '' | DEPENDENCY_NOT_READY",
                "409 | OperationNotAllowed | Operation is not allowed: Another operation (Updating) is in progress |"
                        + " OPERATION_IN_PROGRESS",
                "409 | OperationNotAllowed | there's an in progress update managed cluster operation (operation ID:"
                        + " 1-2) on the managed cluster | OPERATION_IN_PROGRESS",
                "400 | OperationNotAllowed | Another agentpool operation (nodepool1 - Creating) is in progress |"
                        + " OPERATION_IN_PROGRESS",
                "409 | Conflict | '' | OPERATION_IN_PROGRESS",
                "409 | AnotherOperationInProgress | '' | OPERATION_IN_PROGRESS",
                "400 | BadRequest | The only allowed operation is deletion once deletion has started |"
                        + " OPERATION_IN_PROGRESS",
                "0 | AKSOperationPreempted | '' | OPERATION_IN_PROGRESS",
                "409 | OperationNotAllowed | the last System pool cannot be deleted | CONFIGURATION_PROBLEM",
                "409 | OperationNotAllowed | Operation could not be completed as it results in exceeding approved"
                        + " quota | QUOTA_EXCEEDED",
                "0 | QuotaExceeded | '' | QUOTA_EXCEEDED",
                "400 | BadRequest | The VM size of Standard_X is not allowed in your subscription. See"
                        + " aka.ms/cpu-quota | CONFIGURATION_PROBLEM",
                "400 | ManagedClusterCountExceedsQuotaLimit | '' | QUOTA_EXCEEDED",
                "400 | InsufficientSubnetSize | '' | QUOTA_EXCEEDED",
                "0 | CreateVMSSAgentPoolFailed | AllocationFailed in zone 1 | RESOURCES_DEPLETED",
                "0 | ZonalAllocationFailed | '' | RESOURCES_DEPLETED",
                "400 | SkuNotAvailable | '' | RESOURCES_DEPLETED",
                "0 | PodDrainFailure | '' | DRAIN_BLOCKED",
                "0 | UpgradeFailed | Drain node aks-x failed: disruption budget | DRAIN_BLOCKED",
                "400 | BadRequest | ScaleSetPriority is immutable. | CONFIGURATION_PROBLEM",
                "400 | InvalidParameter | '' | CONFIGURATION_PROBLEM",
                "400 | SomethingNew | '' | CONFIGURATION_PROBLEM",
                "400 | BadRequest | A hash conflict was encountered for the role Assignment ID | TRANSIENT",
                "409 | InvalidResourceLocation | already exists in location 'eastus' | CONFIGURATION_PROBLEM",
                "409 | RoleAssignmentExists | The role assignment already exists. | TRANSIENT",
                "0 | vmssCSE_FailedToDownload | '' | CONFIGURATION_PROBLEM",
                "0 | SomethingNew | '' | TRANSIENT",
                "500 | InternalServerError | '' | TRANSIENT",
                "503 | '' | '' | TRANSIENT",
            })
    void everyErrorHasItsRow(int status, String code, String message, ErrorCode meaning) {
        assertThat(ErrorTable.codeOf(new ArmError(status, code, message, false, Optional.empty())))
                .isEqualTo(meaning);
    }

    @Test
    void bothEnvelopesAreRead() throws Exception {
        var wrapped = JSON.readTree("{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"gone\"}}");
        var bare = JSON.readTree("{\"code\":\"NotFound\",\"details\":null,\"message\":\"gone\",\"subcode\":\"x\"}");

        assertThat(ArmError.of(404, wrapped, true, Optional.empty()).code()).isEqualTo("ResourceNotFound");
        assertThat(ArmError.of(404, bare, false, Optional.empty()).code()).isEqualTo("NotFound");
        assertThat(ArmError.of(502, JSON.missingNode(), false, Optional.empty()).code())
                .isEmpty();
    }

    @Test
    void theExceptionTellsCodeMessageAndRetryAfter() {
        var error = new ArmError(429, "Throttled", "slow down", false, Optional.of(Duration.ofSeconds(17)));

        var exception = error.toException("read x");

        assertThat(exception).hasMessage("Azure refused to read x: Throttled: slow down");
        assertThat(exception.retryAfter()).contains(Duration.ofSeconds(17));
    }

    @Test
    void theMessageOfARepeatedErrorIsTheSame() {
        String first = message("busy (operation ID: 11111111-aaaa). Trace ID: 3f Timestamp: 2026-01-01 10:00:00Z");
        String second = message("busy (operation ID: 22222222-bbbb). Trace ID: 4a Timestamp: 2026-01-01 10:00:09Z");

        assertThat(first).isEqualTo(second).startsWith("busy");
    }

    private static String message(String text) {
        return new ArmError(409, "X", text, false, Optional.empty()).message();
    }
}
