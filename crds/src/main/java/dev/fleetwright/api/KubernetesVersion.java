package dev.fleetwright.api;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes version as AKS takes it: {@code X.Y.Z}, or {@code X.Y} for "any patch of that minor".
 *
 * <p>The order is by major, minor and patch; {@code X.Y} sorts before every {@code X.Y.Z}. To ask whether a cluster has
 * what was wanted, use {@link #admits}, not {@code equals}: a wanted {@code 1.34} is fulfilled by {@code 1.34.7}.
 *
 * @param major at least 0
 * @param minor at least 0
 * @param patch at least 0; empty for any patch
 */
public record KubernetesVersion(int major, int minor, OptionalInt patch) implements Comparable<KubernetesVersion> {
    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    private static final Comparator<KubernetesVersion> ORDER = Comparator.comparingInt(KubernetesVersion::major)
            .thenComparingInt(KubernetesVersion::minor)
            .thenComparingInt(version -> version.patch.orElse(-1));

    public KubernetesVersion {
        if (major < 0 || minor < 0 || patch.orElse(0) < 0) {
            throw new IllegalArgumentException("a version has no negative parts: " + major + "." + minor);
        }
    }

    /**
     * Reads {@code 1.34}, {@code 1.34.2} or the same with a leading {@code v}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static KubernetesVersion parse(String text) {
        return tryParse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("not a Kubernetes version (1.34 or 1.34.2 is meant): " + text));
    }

    /** The same as {@link #parse}, but empty instead of an error; for text that others wrote. */
    public static Optional<KubernetesVersion> tryParse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String patch = parts.group(3);
        return Optional.of(new KubernetesVersion(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                patch == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(patch))));
    }

    /** True when a cluster or node of the other version is what this one asks for. */
    public boolean admits(KubernetesVersion actual) {
        return sameMinor(actual) && (patch.isEmpty() || patch.equals(actual.patch));
    }

    /** True for the same major and minor, whatever the patches. */
    public boolean sameMinor(KubernetesVersion other) {
        return major == other.major && minor == other.minor;
    }

    /**
     * True when going from the other version to this one would be a downgrade: a lower minor, or a lower patch of the
     * same minor where both name one.
     */
    public boolean isBelow(KubernetesVersion other) {
        if (sameMinor(other) && (patch.isEmpty() || other.patch.isEmpty())) {
            return false;
        }
        return compareTo(other) < 0;
    }

    /** How many minors this version is above the other, negative when below; majors are taken as far apart. */
    public int minorsAbove(KubernetesVersion other) {
        return (major - other.major) * 1000 + minor - other.minor;
    }

    /** The same minor with no patch: {@code 1.34} of {@code 1.34.2}. */
    public KubernetesVersion anyPatch() {
        return new KubernetesVersion(major, minor, OptionalInt.empty());
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return ORDER.compare(this, other);
    }

    /** {@code 1.34.2} or {@code 1.34}; never with a {@code v}, as Azure writes it. */
    @Override
    public String toString() {
        return major + "." + minor + (patch.isPresent() ? "." + patch.getAsInt() : "");
    }
}
