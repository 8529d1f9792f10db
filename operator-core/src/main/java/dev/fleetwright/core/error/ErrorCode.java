package dev.fleetwright.core.error;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The error taxonomy: every failure is one of these rows, and nothing but the row decides how it is shown and when
 * it is tried again. The codes are API: they stand in {@code status.lastErrors} and in the metric
 * {@code fleetwright_errors_total}. Codes that begin with ERR_INFRA, ERR_RETRYABLE and ERR_CONFIGURATION are Gardener's.
 */
public enum ErrorCode {
    /** 429, also one that hides in another body. Retry-After, where given, beats the pace. */
    RATE_LIMITS_EXCEEDED(
            "ERR_INFRA_RATE_LIMITS_EXCEEDED", "Throttled", Pace.steady(ofSeconds(60)), new StallRule.Never(), true),
    /** 409 OperationNotAllowed: another operation runs on the managed cluster. */
    OPERATION_IN_PROGRESS(
            "ERR_OPERATION_IN_PROGRESS",
            "OperationInProgress",
            Pace.growing(ofSeconds(30), ofSeconds(60)),
            new StallRule.AtDeadline(),
            false),
    /** 412: somebody changed it since we read it. Read again, decide again. */
    PRECONDITION_FAILED(
            "ERR_PRECONDITION_FAILED",
            "ForeignChange",
            Pace.growing(ofSeconds(1), ofMinutes(1)),
            new StallRule.InARow(5, "CompetingWriter"),
            false),
    /** 401, or no token. Tried at once when the credential's Secret changes. */
    UNAUTHENTICATED(
            "ERR_INFRA_UNAUTHENTICATED", "CredentialsInvalid", Pace.steady(ofMinutes(5)), new StallRule.AtOnce(), true),
    /** AuthorizationFailed, LinkedAuthorizationFailed. */
    UNAUTHORIZED(
            "ERR_INFRA_UNAUTHORIZED",
            "PermissionDenied",
            Pace.growing(ofMinutes(1), ofMinutes(10)),
            new StallRule.After(ofMinutes(15)),
            false),
    /** ResourceQuotaExceeded, ManagedClusterCountExceedsQuotaLimit and their like. */
    QUOTA_EXCEEDED(
            "ERR_INFRA_QUOTA_EXCEEDED", "QuotaExceeded", Pace.steady(ofMinutes(15)), new StallRule.AtOnce(), true),
    /** AllocationFailed, SkuNotAvailable: the region has none of these machines now. */
    RESOURCES_DEPLETED(
            "ERR_INFRA_RESOURCES_DEPLETED",
            "CapacityUnavailable",
            Pace.growing(ofMinutes(5), ofMinutes(15)),
            new StallRule.AtOnce(),
            true),
    /** Something we build upon does not exist: resource group, parent, subnet, referenced object. */
    DEPENDENCY_MISSING(
            "ERR_INFRA_DEPENDENCIES",
            "DependencyMissing",
            Pace.growing(ofMinutes(1), ofMinutes(10)),
            new StallRule.After(ofMinutes(15)),
            false),
    /** Something we build upon is on its way: PrincipalNotFound, an identity that is not Ready. */
    DEPENDENCY_NOT_READY(
            "ERR_RETRYABLE_INFRA_DEPENDENCIES",
            "DependencyNotReady",
            Pace.growing(ofSeconds(10), ofSeconds(60)),
            new StallRule.AtDeadline(),
            false),
    /** BadRequest, InvalidParameter, PropertyChangeNotAllowed. Tried at once on a new generation. */
    CONFIGURATION_PROBLEM(
            "ERR_CONFIGURATION_PROBLEM",
            "InvalidConfiguration",
            Pace.growing(ofMinutes(30), ofMinutes(60)),
            new StallRule.AtOnce(),
            true),
    /** RequestDisallowedByPolicy. */
    POLICY_DENIED("ERR_POLICY_DENIED", "PolicyDenied", Pace.steady(ofMinutes(30)), new StallRule.AtOnce(), true),
    /** ScopeLocked. */
    RESOURCE_LOCKED(
            "ERR_RESOURCE_LOCKED",
            "ResourceLocked",
            Pace.growing(ofMinutes(30), ofMinutes(60)),
            new StallRule.AtOnce(),
            true),
    /** PodDisruptionBudgets do not allow the drain. A watch tells when it may go on; the pace is a fallback. */
    DRAIN_BLOCKED("ERR_DRAIN_BLOCKED", "DrainBlocked", Pace.steady(ofSeconds(60)), new StallRule.AtDeadline(), false),
    /** The workload cluster's API server is silent. The connection wakes the reconcile when it is back. */
    REMOTE_UNREACHABLE(
            "ERR_REMOTE_UNREACHABLE",
            "ClusterUnreachable",
            Pace.growing(ofSeconds(10), ofMinutes(5)),
            new StallRule.Never(),
            false),
    /** 5xx, time-out, broken connection. After a write whose answer was lost, read first. */
    TRANSIENT(
            "ERR_TRANSIENT",
            "AzureUnavailable",
            Pace.growing(ofSeconds(2), ofMinutes(5)),
            new StallRule.After(ofMinutes(30)),
            false),
    /** A breaker tripped, or a list was partial: reads go on, destructive steps do not. */
    SAFETY_STOP(
            "ERR_SAFETY_STOP", "SafetyStop", Pace.growing(ofMinutes(1), ofMinutes(10)), new StallRule.AtOnce(), false),
    /** A bug of ours. */
    INTERNAL("ERR_INTERNAL", "InternalError", Pace.growing(ofMinutes(1), ofMinutes(10)), new StallRule.AtOnce(), false);

    private final String code;
    private final String reason;
    private final Pace pace;
    private final StallRule stallRule;
    private final boolean heldBack;

    ErrorCode(String code, String reason, Pace pace, StallRule stallRule, boolean heldBack) {
        this.code = code;
        this.reason = reason;
        this.pace = pace;
        this.stallRule = stallRule;
        this.heldBack = heldBack;
    }

    /** As it stands in status and metrics, for example ERR_INFRA_QUOTA_EXCEEDED. */
    public String code() {
        return code;
    }

    /** The condition reason, for example QuotaExceeded. */
    public String reason() {
        return reason;
    }

    public Pace pace() {
        return pace;
    }

    public StallRule stallRule() {
        return stallRule;
    }

    /**
     * Whether events must not bring the next try forward, since each try costs something outside: calls that would be
     * throttled, or that are certain to be refused. A new generation, {@code retry-now} and a retry trigger still do.
     */
    public boolean heldBack() {
        return heldBack;
    }

    /** The delay after that many failures in a row, from 1. */
    public Duration delay(int attempts) {
        return pace.after(attempts);
    }

    /** The row of a code as written in status; empty for codes of other releases. */
    public static Optional<ErrorCode> of(String code) {
        return Arrays.stream(values()).filter(row -> row.code.equals(code)).findFirst();
    }
}
