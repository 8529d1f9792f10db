package dev.fleetwright.companion.config;

import dev.fleetwright.core.condition.ConditionStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one section asks for beside what there is.
 *
 * @param section whose state it is
 * @param ask with complete children
 * @param existing the objects of its kind that may concern it: children of ours and strangers with a wanted name
 * @param ownerUID of the AzureClusterAdditionalConfig
 */
record SectionState(Section section, Section.Ask ask, List<Child> existing, String ownerUID) {

    /**
     * How far a section is.
     *
     * @param stalled whether it makes no progress without help
     */
    record Progress(String conditionType, ConditionStatus status, boolean stalled, String reason, String message) {}

    /** Children to make, or to bring back to what is wanted. */
    List<Child> toApply() {
        var byName = byName();
        return wanted().stream()
                .filter(child -> {
                    var there = Optional.ofNullable(byName.get(child.name()));
                    return there.isEmpty()
                            || (ours(there.get())
                                    && !there.get().deleting()
                                    && !there.get().isAs(child));
                })
                .toList();
    }

    /** Children nobody asks for any more. */
    List<Child> toDelete() {
        return switch (ask) {
            case Section.Ask.Unknown ignored -> List.of();
            case Section.Ask.Children ignored -> {
                var wanted = wanted().stream().map(Child::name).toList();
                yield existing.stream()
                        .filter(this::asked)
                        .filter(child -> !child.deleting() && !wanted.contains(child.name()))
                        .toList();
            }
        };
    }

    /** Empty when the section is not in use and nothing of it is left. */
    Optional<Progress> progress() {
        return switch (ask) {
            case Section.Ask.Unknown(String reason, String message) ->
                Optional.of(progress(ConditionStatus.FALSE, false, reason, message));
            case Section.Ask.Children ignored -> progressOfChildren();
        };
    }

    private Optional<Progress> progressOfChildren() {
        var byName = byName();
        var wanted = wanted();
        var leaving = existing.stream()
                .filter(this::asked)
                .filter(child -> wanted.stream().noneMatch(w -> w.name().equals(child.name())))
                .toList();
        if (wanted.isEmpty()) {
            return leaving.isEmpty()
                    ? Optional.empty()
                    : Optional.of(progress(ConditionStatus.FALSE, false, "Deleting", removing(leaving)));
        }
        List<String> unready = new ArrayList<>();
        for (Child child : wanted) {
            var there = Optional.ofNullable(byName.get(child.name()));
            if (there.filter(found -> !ours(found)).isPresent()) {
                return Optional.of(progress(
                        ConditionStatus.FALSE,
                        true,
                        "NameTaken",
                        child.label() + " exists and belongs to someone else; rename or delete it"));
            }
            Optional<Condition> stalled = there.flatMap(Child::stalled);
            if (stalled.isPresent()) {
                return Optional.of(progress(
                        ConditionStatus.FALSE,
                        true,
                        stalled.get().getReason(),
                        child.label() + ": " + stalled.get().getMessage()));
            }
            if (there.filter(found -> found.isAs(child) && found.ready() && !found.deleting())
                    .isEmpty()) {
                unready.add(child.label() + ": " + there.map(Child::message).orElse("being made"));
            }
        }
        if (!unready.isEmpty()) {
            return Optional.of(progress(
                    ConditionStatus.FALSE,
                    false,
                    "Applying",
                    (wanted.size() - unready.size()) + " of " + wanted.size() + " ready; " + unready.getFirst()));
        }
        return Optional.of(
                leaving.isEmpty()
                        ? progress(ConditionStatus.TRUE, false, "Healthy", wanted.size() + " ready")
                        : progress(ConditionStatus.TRUE, false, "Deleting", removing(leaving)));
    }

    private Progress progress(ConditionStatus status, boolean stalled, String reason, String message) {
        return new Progress(section.conditionType(), status, stalled, reason, message);
    }

    private List<Child> wanted() {
        return switch (ask) {
            case Section.Ask.Unknown ignored -> List.of();
            case Section.Ask.Children(var wanted) ->
                wanted.stream().map(Child::new).toList();
        };
    }

    private boolean ours(Child child) {
        return child.ownedBy(ownerUID);
    }

    /** Ours, and once asked for by this section. */
    private boolean asked(Child child) {
        return ours(child) && child.section().equals(Optional.of(section.name()));
    }

    private Map<String, Child> byName() {
        return existing.stream().collect(Collectors.toMap(Child::name, Function.identity()));
    }

    private static String removing(List<Child> leaving) {
        return "removing " + leaving.stream().map(Child::label).sorted().collect(Collectors.joining(", "));
    }
}
