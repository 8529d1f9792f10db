/**
 * Real Kubernetes control planes on one machine, started and stopped as values: etcd, API server, controllers, scheduler
 * and kwok nodes, loopback only. {@code KubernetesCluster} is what users of a cluster see, whatever stands behind it.
 *
 * <p>Uses the fabric8 client and BouncyCastle. Used by the simulator, the launcher and everyone's integration tests.
 */
@NullMarked
package dev.fleetwright.local;

import org.jspecify.annotations.NullMarked;
