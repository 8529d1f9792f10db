package dev.fleetwright.azure;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a value that Azure reports is the wanted one, although it is spelt otherwise (aks-protocol.md section 2, false-drift traps). */
final class Comparison {
    private Comparison() {}

    /** Whether the spec says anything: null, empty text and empty collections leave the field to Azure. */
    static boolean owned(@Nullable Object wanted) {
        return switch (wanted) {
            case null -> false;
            case String text -> !text.isEmpty();
            case Collection<?> values -> !values.isEmpty();
            case Map<?, ?> entries -> !entries.isEmpty();
            default -> true;
        };
    }

    /**
     * Whether what Azure reports carries out what is wanted: absent equals false, text and ids without case, lists as
     * sets, maps key by key (keys that are not wanted are others').
     */
    static boolean satisfied(Object wanted, @Nullable Object actual) {
        return switch (wanted) {
            case Boolean flag -> flag.equals(actual != null ? actual : false);
            case Number number -> actual instanceof Number other && number.doubleValue() == other.doubleValue();
            case String text -> actual instanceof String other && text.equalsIgnoreCase(other);
            case Collection<?> values ->
                actual instanceof Collection<?> others && folded(values).equals(folded(others));
            case Map<?, ?> entries ->
                actual instanceof Map<?, ?> others
                        && entries.entrySet().stream()
                                .allMatch(e -> Objects.equals(e.getValue(), others.get(e.getKey())));
            default -> wanted.equals(actual);
        };
    }

    /**
     * Whether a Kubernetes version is the wanted one. Azure keeps the version as it was asked for, which may be a minor
     * alone ({@code 1.34}), beside the one that runs ({@code 1.34.2}).
     */
    static boolean sameVersion(String wanted, Optional<String> requested, Optional<String> running) {
        String plain = plainVersion(wanted);
        return requested.map(Comparison::plainVersion).filter(plain::equals).isPresent()
                || running.map(Comparison::plainVersion)
                        .filter(r -> r.equals(plain) || r.startsWith(plain + "."))
                        .isPresent();
    }

    /** Azure knows no {@code v} before a version. */
    static String plainVersion(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }

    /** Labels or taints without those that AKS sets by itself, such as the ones of spot pools. */
    static Map<String, String> withoutAzureLabels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .filter(e -> !ofAzure(e.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Set<String> withoutAzureTaints(List<String> taints) {
        return taints.stream().filter(t -> !ofAzure(t)).collect(Collectors.toUnmodifiableSet());
    }

    static boolean ofAzure(String labelOrTaint) {
        return labelOrTaint.startsWith("kubernetes.azure.com/");
    }

    private static Set<Object> folded(Collection<?> values) {
        Set<Object> folded = new HashSet<>();
        for (Object value : values) {
            folded.add(value instanceof String text ? text.toLowerCase(Locale.ROOT) : value);
        }
        return folded;
    }
}
