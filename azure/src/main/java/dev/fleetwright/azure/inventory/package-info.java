/**
 * What stands in one subscription, read by one shared LIST: how drift is found without a call per object. Knows its age
 * and whether it is whole; used by the reconcilers through {@code Azure.inventory()}.
 */
@NullMarked
package dev.fleetwright.azure.inventory;

import org.jspecify.annotations.NullMarked;
