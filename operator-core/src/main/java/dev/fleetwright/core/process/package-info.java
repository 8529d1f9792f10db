/**
 * An operator as a process: settings, clients, leader election, health, metrics, start and orderly end.
 * Uses the java-operator-sdk, fabric8, Micrometer and the JDK's HTTP server.
 * Used by the main classes of the operators.
 */
@NullMarked
package dev.fleetwright.core.process;

import org.jspecify.annotations.NullMarked;
