/**
 * The two controllers, Nodepool and NodepoolReplacement: they observe, ask the pure packages, do the step, report.
 *
 * <p>The only package here that sees the edge of operator-core; wired by the main class.
 */
@NullMarked
package dev.fleetwright.nodepool.controller;

import org.jspecify.annotations.NullMarked;
