/**
 * An HTTP/1.1 server on loopback sockets: TLS, plain and CONNECT on one port, a virtual thread per connection.
 * Knows requests and deliveries, nothing of what they mean.
 * Used by the simulator's start.
 */
@NullMarked
package dev.fleetwright.simulator.http.server;

import org.jspecify.annotations.NullMarked;
