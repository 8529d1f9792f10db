/**
 * One replacement, from plan to end: what is observed, the state machine that decides, the steps that are done.
 *
 * <p>Deciding is pure; doing goes through two ports. Uses plan, node, drain and eviction; driven by the controller.
 */
@NullMarked
package dev.fleetwright.nodepool.replacement;

import org.jspecify.annotations.NullMarked;
