package dev.fleetwright.azure;

import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.Scaling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of one agent pool. What is null or empty is left to Azure, except labels and taints: those are ours as a
 * whole (but for the ones AKS sets by itself), so that one taken out of the spec goes away.
 *
 * @param name the agent pool's name in Azure
 * @param mode {@code System} or {@code User}
 * @param template the shape of the nodes
 * @param replicas the number of nodes, when nobody scales the pool
 * @param scaling the bounds of the AKS autoscaler, which then owns the number of nodes
 * @param version Kubernetes version
 * @param owner the object that stands behind the pool, written as a tag
 */
public record AgentPoolSpec(
        String name,
        String mode,
        AgentPoolTemplate template,
        @Nullable Integer replicas,
        @Nullable Scaling scaling,
        @Nullable String version,
        OwnerTag owner) {
    /** From a MachinePool's spec. */
    public static AgentPoolSpec of(MachinePoolSpec spec, OwnerTag owner) {
        return new AgentPoolSpec(
                spec.name(), spec.mode(), spec.template(), spec.replicas(), spec.scaling(), spec.version(), owner);
    }

    /** The user's tags and the owner's. */
    public Map<String, String> allTags() {
        Map<String, String> tags = new HashMap<>(template.tags());
        tags.put(OwnerTag.KEY, owner.value());
        return Map.copyOf(tags);
    }

    /** The owned fields in which Azure differs, in the order of the spec. Pure; used to find drift and to write it away. */
    public List<Difference> differencesFrom(AgentPoolState state) {
        List<Difference> differences = new ArrayList<>();
        if (!mode.equalsIgnoreCase(state.mode())) {
            differences.add(new Difference("mode", mode, state.mode(), true));
        }
        addSize(differences, state);
        if (version != null
                && !version.isEmpty()
                && !Comparison.sameVersion(version, state.version(), state.currentVersion())) {
            differences.add(
                    new Difference("version", version, state.currentVersion().orElse(null), true));
        }
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            Object wanted = wanted(property);
            Object actual = actual(property, state.template());
            if (wanted != null && !satisfied(property, wanted, actual)) {
                differences.add(new Difference(
                        property.field(), wanted, actual, property.change() == AgentPoolProperty.Change.IN_PLACE));
            }
        }
        return List.copyOf(differences);
    }

    private void addSize(List<Difference> differences, AgentPoolState state) {
        if (scaling != null) {
            // The count is the autoscaler's then, and never compared.
            if (!state.autoscaled() || !scaling.equals(state.scaling())) {
                differences.add(new Difference("scaling", scaling, state.scaling(), true));
            }
        } else if (replicas != null) {
            if (state.autoscaled()) {
                differences.add(new Difference("scaling", "off", state.scaling(), true));
            }
            if (replicas != state.count()) {
                differences.add(new Difference("replicas", replicas, state.count(), true));
            }
        }
    }

    private @Nullable Object wanted(AgentPoolProperty property) {
        return switch (property) {
            case TAGS -> allTags();
            case LABELS -> Comparison.withoutAzureLabels(template.labels());
            case TAINTS -> Comparison.withoutAzureTaints(template.taints());
            case OS_DISK_SIZE -> {
                // 0 asks Azure to choose, and it reports what it chose.
                Integer size = template.osDiskSizeGB();
                yield size == null || size == 0 ? null : size;
            }
            // The table knows the defaults of unset fields for planning; here unset means not ours.
            case OS_TYPE -> template.osType();
            default -> {
                Object value = property.value(template);
                yield Comparison.owned(value) ? value : null;
            }
        };
    }

    private static @Nullable Object actual(AgentPoolProperty property, AgentPoolTemplate reported) {
        return switch (property) {
            case LABELS -> Comparison.withoutAzureLabels(reported.labels());
            case TAINTS -> Comparison.withoutAzureTaints(reported.taints());
            default -> property.value(reported);
        };
    }

    private static boolean satisfied(AgentPoolProperty property, Object wanted, @Nullable Object actual) {
        return switch (property) {
            case LABELS, TAINTS -> wanted.equals(actual);
            case SPOT_MAX_PRICE -> actual != null && samePrice(wanted.toString(), actual.toString());
            case UPGRADE_SETTINGS ->
                wanted instanceof AgentPoolTemplate.UpgradeSettings settings
                        && satisfied(settings, (AgentPoolTemplate.UpgradeSettings) actual);
            default -> Comparison.satisfied(wanted, actual);
        };
    }

    private static boolean satisfied(
            AgentPoolTemplate.UpgradeSettings wanted, AgentPoolTemplate.@Nullable UpgradeSettings actual) {
        var other = actual != null ? actual : new AgentPoolTemplate.UpgradeSettings(null, null, null);
        return satisfied(wanted.maxSurge(), other.maxSurge())
                && satisfied(wanted.drainTimeoutInMinutes(), other.drainTimeoutInMinutes())
                && satisfied(wanted.nodeSoakDurationInMinutes(), other.nodeSoakDurationInMinutes());
    }

    private static boolean satisfied(@Nullable Object wanted, @Nullable Object actual) {
        return wanted == null || !Comparison.owned(wanted) || Comparison.satisfied(wanted, actual);
    }

    private static boolean samePrice(String wanted, String actual) {
        return Double.parseDouble(wanted) == Double.parseDouble(actual);
    }

    /** The names of the fields that an update would write. */
    public Set<String> changeableDifferences(AgentPoolState state) {
        return differencesFrom(state).stream()
                .filter(Difference::changeable)
                .map(Difference::field)
                .collect(Collectors.toUnmodifiableSet());
    }
}
