/**
 * The ports to Azure and the values that cross them: managed clusters, agent pools, resource groups, role assignments,
 * long-running operations. They may use the kinds of {@code crds} and the error codes of {@code operator-core}, never the
 * Azure SDK. Reconcilers of {@code controllers} and {@code companion-operator} use them.
 */
@NullMarked
package dev.fleetwright.azure;

import org.jspecify.annotations.NullMarked;
