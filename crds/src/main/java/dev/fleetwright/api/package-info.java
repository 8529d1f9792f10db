/**
 * Identities that every part shares: how an Azure resource is named, and compared.
 *
 * <p>Values only, no I/O and no dependencies; used by the operators and by anybody else's.
 */
@NullMarked
package dev.fleetwright.api;

import org.jspecify.annotations.NullMarked;
