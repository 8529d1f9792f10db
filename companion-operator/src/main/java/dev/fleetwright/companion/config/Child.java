package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A child object, wanted or existing, of whatever kind.
 *
 * @param object never to be changed
 */
record Child(CustomResource<?, ?> object) {
    /** Label of a child: the section that asked for it, since sections may share a kind. */
    static final String SECTION_LABEL = "fleetwright.dev/section";

    String name() {
        return object.getMetadata().getName();
    }

    /** Kind and name, as kubectl takes them. */
    String label() {
        return object.getKind() + " " + name();
    }

    boolean deleting() {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    /** Whether the existing object is as the wanted one asks; owners and label count, since they may be stripped. */
    boolean isAs(Child wanted) {
        return Objects.equals(object.getSpec(), wanted.object().getSpec())
                && owners().containsAll(wanted.owners())
                && section().equals(wanted.section());
    }

    /** The section that asked for it. */
    Optional<String> section() {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(SECTION_LABEL));
    }

    boolean ownedBy(String uid) {
        return owners().stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    /** Usable as its latest spec asks. */
    boolean ready() {
        return status().filter(status -> Objects.equals(
                                status.observedGeneration(),
                                object.getMetadata().getGeneration()))
                        .isPresent()
                && holds(Conditions.READY)
                && !holds(Conditions.STALLED);
    }

    /** Why it makes no progress without help, if so. */
    Optional<Condition> stalled() {
        return condition(Conditions.STALLED).filter(condition -> "True".equals(condition.getStatus()));
    }

    /** What it says about itself while it is not ready. */
    String message() {
        return condition(Conditions.STALLED)
                .or(() -> condition(Conditions.RECONCILING))
                .or(() -> condition(Conditions.READY))
                .map(Condition::getMessage)
                .orElse("not looked at yet");
    }

    private boolean holds(String type) {
        return condition(type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }

    private Optional<Condition> condition(String type) {
        return status().stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private Optional<ConditionedStatus> status() {
        return Optional.ofNullable(object.getStatus())
                .filter(ConditionedStatus.class::isInstance)
                .map(ConditionedStatus.class::cast);
    }

    private List<OwnerReference> owners() {
        return object.getMetadata().getOwnerReferences();
    }
}
