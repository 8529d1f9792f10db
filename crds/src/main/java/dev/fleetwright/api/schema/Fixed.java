package dev.fleetwright.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of a spec that the API server lets nobody change after creation: not to another value, not to unset, not from
 * unset. An unset text equals the empty one, an unset flag equals false.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Fixed {
    /** True: the first value may come later; what was set once stays. */
    boolean onceSet() default false;
}
