/**
 * The adapter: our ports over the pipeline and the credentials of the Azure SDK. The only package that sees {@code
 * com.azure}. ARM's documents stay JSON trees here, so that a write gives back all it read, known to us or not. Started by
 * the main classes of {@code controllers} and {@code companion-operator}.
 */
@NullMarked
package dev.fleetwright.azure.sdk;

import org.jspecify.annotations.NullMarked;
