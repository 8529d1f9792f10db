/**
 * Azure disks in a local cluster: made for claims, attached to and detached from machines as slowly as in life.
 * What is to be done next is a pure decision over a picture of claims, volumes and attachments; one class does it.
 * Used by the cluster that it serves.
 */
@NullMarked
package dev.fleetwright.simulator.backend.local.disks;

import org.jspecify.annotations.NullMarked;
