package dev.fleetwright.core.workload;

import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.time.Instant;

/** The answer to "may I talk to that cluster?". Both answers are ordinary. */
public sealed interface Connection {

    /** The last probe was answered. */
    record Connected(WorkloadCluster cluster) implements Connection {}

    /**
     * Nothing is known of the cluster now, which says nothing about what is in it.
     *
     * @param reason NoKubeconfig, KubeconfigInvalid, CredentialsRejected, Connecting or Unreachable
     * @param message for people; deterministic
     * @param since when it was last connected, or when it was first asked for
     */
    record NotConnected(String reason, String message, Instant since) implements Connection {}

    /**
     * The cluster, for code that can do nothing without it.
     *
     * @throws FleetException with {@link ErrorCode#REMOTE_UNREACHABLE} when not connected
     */
    default WorkloadCluster orThrow() {
        return switch (this) {
            case Connected(WorkloadCluster cluster) -> cluster;
            case NotConnected(String reason, String message, Instant ignored) ->
                throw FleetException.of(ErrorCode.REMOTE_UNREACHABLE, message)
                        .withReason(reason.equals(NO_KUBECONFIG) ? "WaitingForKubeconfig" : "ClusterUnreachable");
        };
    }

    String NO_KUBECONFIG = "NoKubeconfig";
    String KUBECONFIG_INVALID = "KubeconfigInvalid";
    String CREDENTIALS_REJECTED = "CredentialsRejected";
    String CONNECTING = "Connecting";
    String UNREACHABLE = "Unreachable";
}
