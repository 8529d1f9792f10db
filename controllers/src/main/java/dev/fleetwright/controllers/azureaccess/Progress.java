package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an object says of work in Azure, and when it looks again: the same words for clusters and pools. Pure.
 *
 * @param operation that the status has to keep from now on
 */
public record Progress(Conditions conditions, Next next, Optional<OperationRef> operation) {
    /** While somebody else changes what is as we want it. */
    public static final String ROLLING_OUT = "RollingOut";

    private static final String WAITING = "WaitingForOperation";

    private Progress(Conditions conditions, Next next) {
        this(conditions, next, Optional.empty());
    }

    /** After a change was asked for; the message says which. */
    public static Progress sent(Pass<?, ?> pass, Conditions conditions, Sent sent, String message, Paces paces) {
        Conditions pending = conditions.setFalse(Conditions.UP_TO_DATE, "ChangePending", message);
        return switch (sent) {
            case Sent.Accepted(OperationRef operation) -> {
                String reason = OperationWords.reason(operation.kind());
                yield new Progress(
                        waiting(pass, pending, reason, message),
                        Next.after(paces.operationPoll(), reason),
                        Optional.of(operation));
            }
            case Sent.InLine(String line) ->
                new Progress(waiting(pass, pending, WAITING, line), Next.after(paces.line(), WAITING));
            case Sent.Unneeded unneeded ->
                new Progress(conditions, Next.after(paces.operationPoll(), "nothing differs"));
            case Sent.Nothing nothing ->
                new Progress(conditions, Next.after(paces.operationPoll(), "nothing was sent"));
        };
    }

    /**
     * While an operation runs. Ours shows as Reconciling; what others do to something that is as we want it does not.
     *
     * @param operation ours, or null
     * @param observedGeneration of the status before this pass
     * @param thing "the agent pool"
     * @param message what is known of an operation that is not ours
     */
    public static Progress following(
            Pass<?, ?> pass,
            Conditions conditions,
            @Nullable OperationRef operation,
            @Nullable Long observedGeneration,
            @Nullable String provisioningState,
            String thing,
            String message,
            Paces paces) {
        Next next = Next.after(paces.operationPoll(), "an operation runs");
        if (operation != null) {
            String text = thing + ": " + OperationWords.doing(operation.kind());
            return new Progress(waiting(pass, conditions, OperationWords.reason(operation.kind()), text), next);
        }
        boolean settledBefore = pass.conditions().isTrue(Conditions.READY)
                && Long.valueOf(pass.generation()).equals(observedGeneration)
                && !pass.conditions().isTrue(Conditions.RECONCILING);
        if (settledBefore && !pass.deleting()) {
            return new Progress(conditions.setTrue(ROLLING_OUT, "OperationInProgress", message), next);
        }
        String reason = "Creating".equalsIgnoreCase(provisioningState) ? "Creating" : WAITING;
        return new Progress(waiting(pass, conditions, reason, message), next);
    }

    /** Reconciling for this reason, and deleting for it where that is what goes on. */
    public static Conditions waiting(Pass<?, ?> pass, Conditions conditions, String reason, String message) {
        return deleting(pass, conditions, reason, message).reconciling(reason, message);
    }

    /** The reason why a deletion is not at its end; nothing for an object that stays. */
    public static Conditions deleting(Pass<?, ?> pass, Conditions conditions, String reason, String message) {
        return pass.deleting() ? conditions.setTrue(Conditions.DELETING, reason, message) : conditions;
    }

    /** What a pause does not stop. */
    public static String paused(String message, @Nullable OperationRef operation) {
        return operation == null ? message : message + "; the running " + operation.kind() + " in Azure goes on";
    }

    /**
     * Whether who waits for this reason keeps its turn to change the managed cluster: only for what runs in Azure, since
     * nobody else could begin anything meanwhile. Whatever else is waited for may itself need the turn.
     */
    public static boolean keepsTurn(String reason) {
        return reason.equals(WAITING);
    }

    /** When to look again after a wait for this reason. */
    public static Next again(String reason, Paces paces) {
        Duration pace = switch (reason) {
            case WAITING, "WaitingForRoleAssignments", "WaitingForResourceGroup" -> paces.operationPoll();
            default -> paces.dependency();
        };
        return Next.after(pace, reason);
    }
}
