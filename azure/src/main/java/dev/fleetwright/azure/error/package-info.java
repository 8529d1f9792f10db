/**
 * What an error of Azure means to us: the two envelopes of its replies, and one table from status, code and message to the
 * error codes of {@code operator-core}. Uses Jackson, not the Azure SDK; used by the adapter.
 */
@NullMarked
package dev.fleetwright.azure.error;

import org.jspecify.annotations.NullMarked;
