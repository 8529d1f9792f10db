/**
 * The published limits of Azure Resource Manager and of AKS as token buckets, so that we stop before Azure stops us. Pure
 * Java with the time passed in; the adapter asks here before every call and reports every 429.
 */
@NullMarked
package dev.fleetwright.azure.throttle;

import org.jspecify.annotations.NullMarked;
