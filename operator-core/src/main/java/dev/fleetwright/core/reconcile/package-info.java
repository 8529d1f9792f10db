/**
 * The edge between the operator framework and our controllers: observe, decide, act, report, and what comes next.
 * The only package of this module that sees the java-operator-sdk's reconcilers.
 * Used by every controller; controllers see Loop, Pass, Report, Next, Trigger and Watch.
 */
@NullMarked
package dev.fleetwright.core.reconcile;

import org.jspecify.annotations.NullMarked;
