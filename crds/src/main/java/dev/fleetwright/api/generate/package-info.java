/**
 * Makes the CustomResourceDefinitions of the chart out of the Java types, and tells when the committed ones are stale.
 *
 * <p>Run by the build in the toolchain's JVM; needs fabric8's CRD generator, which no operator carries at run time.
 */
@NullMarked
package dev.fleetwright.api.generate;

import org.jspecify.annotations.NullMarked;
