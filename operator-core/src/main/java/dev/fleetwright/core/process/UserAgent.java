package dev.fleetwright.core.process;

import java.util.Objects;

/**
 * Who we are towards Kubernetes and Azure. Audit logs tell the operators apart by it.
 *
 * @param operator for example fleetwright-controllers; also the field manager and the event source
 * @param version the release, or "dev" when not run from a jar
 */
public record UserAgent(String operator, String version) {

    /** With the version from the manifest of the jar that holds the given class. */
    public static UserAgent of(String operator, Class<?> main) {
        return new UserAgent(
                operator, Objects.requireNonNullElse(main.getPackage().getImplementationVersion(), "dev"));
    }

    /** As it stands in the header. */
    public String value() {
        return operator + "/" + version;
    }
}
