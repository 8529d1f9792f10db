/**
 * The programs of a Kubernetes control plane on this machine: where they are, and how they are built when they are not.
 *
 * <p>Uses the JDK and, when something must be built, the Go tool of the machine. Used by {@code dev.fleetwright.local}.
 */
@NullMarked
package dev.fleetwright.local.binaries;

import org.jspecify.annotations.NullMarked;
