package dev.fleetwright.simulator.aks.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The Kubernetes versions on offer, oldest first. */
public record KubernetesVersions(List<String> offered) {
    /** Those that the simulator offers unless told otherwise. */
    public static final List<String> DEFAULT = List.of(
            "1.31.11", "1.32.9", "1.33.5", "1.33.7", "1.34.1", "1.34.2", "1.34.4", "1.35.1", "1.35.4", "1.35.7",
            "1.36.1", "1.36.3");

    public KubernetesVersions {
        offered = offered.stream().sorted(KubernetesVersions::compare).toList();
    }

    /** The patch version that a request gets: an alias such as "1.35" means its newest patch. */
    public Optional<String> resolve(String wanted) {
        if (offered.contains(wanted)) {
            return Optional.of(wanted);
        }
        return offered.stream()
                .filter(version -> version.startsWith(wanted + ".") && parts(wanted).length == 2)
                .reduce((older, newer) -> newer);
    }

    /** What a cluster gets that does not ask: the newest patch of the minor before the newest. */
    public String standard() {
        int newest = minor(offered.getLast());
        return offered.stream()
                .filter(version -> minor(version) == Math.max(newest - 1, minor(offered.getFirst())))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    /** Where a control plane can go in one step: newer patches of its minor and of the next. */
    public List<String> upgrades(String from) {
        return offered.stream()
                .filter(version -> compare(version, from) > 0 && minor(version) - minor(from) <= 1)
                .toList();
    }

    /** Offered patches by minor version such as "1.35". */
    public TreeMap<String, List<String>> byMinor() {
        var minors = new TreeMap<String, List<String>>(KubernetesVersions::compare);
        for (String version : offered) {
            minors.computeIfAbsent(version.substring(0, version.lastIndexOf('.')), minor -> new ArrayList<>())
                    .add(version);
        }
        return minors;
    }

    public static int minor(String version) {
        return parts(version)[1];
    }

    public static int compare(String left, String right) {
        return Arrays.compare(parts(left), parts(right));
    }

    private static int[] parts(String version) {
        if (!version.matches("\\d{1,3}(\\.\\d{1,3}){1,2}")) {
            return new int[] {0, 0, 0};
        }
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
