package dev.fleetwright.azure;

/** Long-running operations, known by the URL that {@link Submitted} gave. */
public interface Operations {
    /**
     * One poll, no waiting.
     *
     * <p>A URL that does not point into the configured Azure Resource Manager is not followed and gives
     * {@link OperationStatus.Expired}: it was read from an object's status, and following it would hand our token to a
     * stranger.
     */
    OperationStatus poll(String operationURL);
}
