package dev.fleetwright.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The full id of one Azure resource, as typed segments.
 *
 * <p>Two ids are equal when all their segments are, without regard to case (Azure changes the case of ids in its
 * replies). There is no way to compare by a name or a suffix: on scale sets the last segment is a bare instance index
 * that repeats from pool to pool, and code that matched on it once deleted other pools' nodes (kubernetes-sigs/cluster-api
 * issue 4526).
 *
 * @param segments the parts between the slashes, in order, in the case they were given in; an even number, at least two
 */
public record ArmId(List<String> segments) {
    private static final String PROVIDER_ID_SCHEME = "azure://";

    public ArmId {
        segments = List.copyOf(segments);
        if (segments.size() < 2 || segments.size() % 2 != 0 || segments.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("not an Azure resource id: /" + String.join("/", segments));
        }
    }

    /**
     * Reads {@code /subscriptions/…} or a node's provider id {@code azure:///subscriptions/…}.
     *
     * @throws IllegalArgumentException when the text is not the full id of a resource in a subscription
     */
    public static ArmId parse(String text) {
        String path = text.startsWith(PROVIDER_ID_SCHEME) ? text.substring(PROVIDER_ID_SCHEME.length()) : text;
        if (!path.regionMatches(true, 0, "/subscriptions/", 0, "/subscriptions/".length())) {
            throw new IllegalArgumentException("not an Azure resource id: " + text);
        }
        return new ArmId(List.of(path.substring(1).split("/", -1)));
    }

    /** The same as {@link #parse}, but empty instead of an error; for text that others wrote. */
    public static Optional<ArmId> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The id of a subscription. */
    public static ArmId subscription(String subscription) {
        return new ArmId(List.of("subscriptions", subscription));
    }

    /** The id of a resource group. */
    public static ArmId resourceGroup(String subscription, String group) {
        return subscription(subscription).child("resourceGroups", group);
    }

    /** The id of an AKS managed cluster. */
    public static ArmId managedCluster(String subscription, String group, String name) {
        return resourceGroup(subscription, group)
                .child("providers", "Microsoft.ContainerService")
                .child("managedClusters", name);
    }

    /** The id of an agent pool of this managed cluster. */
    public ArmId agentPool(String name) {
        return child("agentPools", name);
    }

    /** The id of a resource below this one. */
    public ArmId child(String type, String name) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(type);
        longer.add(name);
        return new ArmId(longer);
    }

    /** The id one type and name above this one; empty for a subscription. */
    public Optional<ArmId> parent() {
        return segments.size() <= 2
                ? Optional.empty()
                : Optional.of(new ArmId(segments.subList(0, segments.size() - 2)));
    }

    /** The last segment. Fit for display and for request paths; never for comparing two resources. */
    public String name() {
        return segments.get(segments.size() - 1);
    }

    /** The value behind the first segment pair of this type, for example {@code subscriptions}. */
    public Optional<String> valueOf(String type) {
        for (int i = 0; i < segments.size(); i += 2) {
            if (segments.get(i).equalsIgnoreCase(type)) {
                return Optional.of(segments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** True when this id is strictly below the other: all of the other's segments, then more. */
    public boolean isBelow(ArmId other) {
        return segments.size() > other.segments.size()
                && new ArmId(segments.subList(0, other.segments.size())).equals(other);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ArmId other && folded().equals(other.folded());
    }

    @Override
    public int hashCode() {
        return folded().hashCode();
    }

    /** The id as a request path: {@code /subscriptions/…}, in the case it was given in. */
    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }

    private String folded() {
        return toString().toLowerCase(Locale.ROOT);
    }
}
