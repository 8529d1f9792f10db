/**
 * What the records say about their schema beyond fabric8's annotations: fixed fields, lists that are sets or maps.
 *
 * <p>Annotations only; written on the records of the kinds, read by the CRD generator and by tests.
 */
@NullMarked
package dev.fleetwright.api.schema;

import org.jspecify.annotations.NullMarked;
