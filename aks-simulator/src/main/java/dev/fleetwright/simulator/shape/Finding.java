package dev.fleetwright.simulator.shape;

/**
 * One thing in which a document differs from its published shape.
 *
 * @param path where, from the document's root, such as "properties.agentPoolProfiles[0].count"
 * @param property the last segment of the path as the document spells it
 * @param detail a sentence, or for {@link Fault#TYPE} the two types
 */
public record Finding(Fault fault, String path, String property, String detail) {
    /** What kind of difference it is. */
    public enum Fault {
        /** No version that is known has the property. */
        UNKNOWN,
        /** A later version than the document's has it. */
        LATER,
        /** Not of the published JSON type. */
        TYPE,
        /** Not one of the published values. */
        VALUE,
        /** One of the published values in another casing. */
        CASING,
        /** Outside the published range or pattern. */
        RANGE,
        /** Required and not there. */
        MISSING
    }
}
