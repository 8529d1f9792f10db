package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.condition.Conditions;

/**
 * What a pass that did not fail has to say.
 *
 * @param status everything but observedGeneration, conditions and lastErrors, which the edge puts in
 * @param conditions the conditions after this pass, built from {@link Pass#conditions()}
 * @param next when to look again
 */
public record Report<T>(T status, Conditions conditions, Next next) {}
