package dev.fleetwright.core.reconcile;

import io.fabric8.kubernetes.client.CustomResource;

/**
 * The four stages of a pass, in their order. A controller supplies one for objects that live and, where it has a
 * finalizer, one for objects that are being deleted.
 *
 * <p>Any stage may throw a {@link dev.fleetwright.core.error.FleetException}: the edge makes conditions and the time
 * of the next try of it. What fails before {@link #act} counts as a failed read, which alone never turns a healthy
 * object red.
 *
 * @param <R> the kind
 * @param <T> its status
 * @param <O> what is observed: an immutable record
 * @param <D> what is decided: a sealed interface
 * @param <X> what came of acting
 */
public interface Loop<R extends CustomResource<?, T>, T, O, D, X> {

    /** Reads caches, inventories, other clusters. Changes nothing. */
    O observe(Pass<R, T> pass);

    /** Pure: no I/O, no clock but the pass's. The knowledge of the controller is here. */
    D decide(Pass<R, T> pass, O observation);

    /** Does at most one external change, and does not wait for it to take effect. */
    X act(Pass<R, T> pass, O observation, D decision);

    /** Pure: the whole status as it now is. */
    Report<T> report(Pass<R, T> pass, O observation, D decision, X outcome);

    /**
     * The status as far as the observation tells, for when deciding or acting failed. Conditions and errors are put in
     * by the edge. By default nothing is taken from the observation.
     */
    default T observed(Pass<R, T> pass, O observation) {
        return pass.status();
    }
}
