package dev.fleetwright.azure;

import java.util.Map;
import java.util.Optional;

/**
 * The tag that says which object made an Azure resource.
 *
 * @param namespace of the owning object
 * @param name of the owning object
 * @param uid of the owning object: an object of the same name made later is another owner
 */
public record OwnerTag(String namespace, String name, String uid) {
    /** The tag's key. */
    public static final String KEY = "fleetwright.owner";

    /** The tag's value. */
    public String value() {
        return namespace + '/' + name + '/' + uid;
    }

    /** The owner named by a resource's tags; empty when there is none or it is malformed. */
    public static Optional<OwnerTag> of(Map<String, String> tags) {
        String value = tags.get(KEY);
        if (value == null) {
            return Optional.empty();
        }
        String[] parts = value.split("/", -1);
        return parts.length == 3 ? Optional.of(new OwnerTag(parts[0], parts[1], parts[2])) : Optional.empty();
    }
}
