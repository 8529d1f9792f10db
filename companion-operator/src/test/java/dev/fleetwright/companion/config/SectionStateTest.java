package dev.fleetwright.companion.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec.ContainerRegistry;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentSpec;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentStatus;
import dev.fleetwright.api.v1alpha1.KubeletIdentity;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.companion.anchor.Anchor;
import dev.fleetwright.companion.anchor.Stage;
import dev.fleetwright.core.condition.ConditionStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SectionStateTest {
    private static final String UID = "uid-of-config";
    private static final Section REGISTRIES = new ContainerRegistriesSection();

    @Test
    void whatIsMissingIsMadeAndWhatIsNotWantedGoes() {
        var state = state(List.of(child("a"), child("b")), existing("b", true), existing("c", true));
        assertThat(names(state.toApply())).containsExactly("a");
        assertThat(names(state.toDelete())).containsExactly("c");
    }

    @Test
    void whatIsAlreadyGoingIsNeitherBroughtBackNorDeletedAgain() {
        var going = existing("c", true);
        going.object().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        var wantedAgain = state(List.of(child("c")), going);
        assertThat(wantedAgain.toApply()).isEmpty();
        assertThat(progress(wantedAgain).status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(state(List.of(), going).toDelete()).isEmpty();
    }

    @Test
    void unknownIsNotEmpty() {
        var state = new SectionState(
                REGISTRIES, new Section.Ask.Unknown("Why", "because"), List.of(existing("c", true)), UID);
        assertThat(state.toDelete()).isEmpty();
        assertThat(progress(state).reason()).isEqualTo("Why");
    }

    @Test
    void strangersAreLeftAloneAndNamed() {
        var stranger = existing("a", true);
        stranger.object().getMetadata().setOwnerReferences(List.of());
        var state = state(List.of(child("a")), stranger);
        assertThat(state.toApply()).isEmpty();
        assertThat(progress(state).stalled()).isTrue();
        assertThat(progress(state).reason()).isEqualTo("NameTaken");
        assertThat(state(List.of(), stranger).toDelete()).isEmpty();
        assertThat(state(List.of(), stranger).progress()).isEmpty();
    }

    @Test
    void childrenOfOtherSectionsOfTheSameKindAreLeftAlone() {
        var other = existing("x", true);
        other.object().getMetadata().setLabels(Map.of(Child.SECTION_LABEL, "dns-zones"));
        assertThat(state(List.of(), other).toDelete()).isEmpty();
    }

    @Test
    void strippedOwnersAndLabelsComeBack() {
        var stripped = existing("a", true);
        stripped.object().getMetadata().setLabels(Map.of());
        assertThat(names(state(List.of(child("a")), stripped).toApply())).containsExactly("a");
    }

    @Test
    void aSectionIsReadyWhenAllItsChildrenAre() {
        var wanted = List.of(child("a"), child("b"));
        assertThat(progress(state(wanted, existing("a", true), existing("b", true)))
                        .status())
                .isEqualTo(ConditionStatus.TRUE);
        var half = progress(state(wanted, existing("a", true), existing("b", false)));
        assertThat(half.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(half.message()).startsWith("1 of 2 ready; AzureRoleAssignment b");
    }

    @Test
    void aSecondRegistryOfTheSameIdIsNoSecondGrant() {
        var ask = REGISTRIES.ask(
                new ObjectMetaBuilder().withName("c").build(), spec("acme", "ACME", "other"), anchor("p"));
        assertThat(names(children(ask)))
                .hasSize(2)
                .allSatisfy(name -> assertThat(name).matches("c-(acme|other)-[0-9a-f]{10}"));
    }

    @Test
    void anotherPrincipalIsAnotherChild() {
        var meta = new ObjectMetaBuilder().withName("c").build();
        var before = names(children(REGISTRIES.ask(meta, spec("acme"), anchor("p1"))));
        var after = names(children(REGISTRIES.ask(meta, spec("acme"), anchor("p2"))));
        assertThat(before).doesNotContainAnyElementsOf(after);
    }

    @Test
    void registriesWaitForTheIdentityOfTheNodesUnlessThereAreNone() {
        var meta = new ObjectMetaBuilder().withName("c").build();
        assertThat(REGISTRIES.ask(meta, spec("acme"), anchor(null)))
                .isInstanceOfSatisfying(
                        Section.Ask.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo("WaitingForKubeletIdentity"));
        assertThat(children(REGISTRIES.ask(meta, spec(), anchor(null)))).isEmpty();
    }

    @Test
    void aProfileIsOneChildAndNoProfileIsNone() {
        var section = new AutoscalerProfileSection();
        var meta = new ObjectMetaBuilder().withName("c").build();
        assertThat(children(section.ask(meta, spec(), anchor(null)))).isEmpty();
        var profile = new AutoscalerProfile(
                true, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        var asked = new AzureClusterAdditionalConfigSpec(new LocalRef("c"), List.of(), profile);
        assertThat(names(children(section.ask(meta, asked, anchor(null))))).containsExactly("c");
    }

    @Test
    void aConfigGoesWithItsClusterAndOutlivesItsRoleAssignmentsNever() {
        var living = existing("a", true);
        var going = existing("b", true);
        going.object().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(ConfigDecision.of(seen(Stage.LEAVING))).isInstanceOf(ConfigDecision.Retire.class);
        assertThat(ConfigRemoval.of(seen(Stage.LIVING, living, going)))
                .isInstanceOfSatisfying(
                        ConfigRemoval.Delete.class,
                        delete -> assertThat(names(delete.children())).containsExactly("a"));
        assertThat(ConfigRemoval.of(seen(Stage.LIVING, going))).isInstanceOf(ConfigRemoval.Delete.class);
        assertThat(ConfigRemoval.of(seen(Stage.LEAVING, going))).isInstanceOf(ConfigRemoval.Release.class);
        assertThat(ConfigRemoval.of(seen(Stage.PROTECTED, living))).isInstanceOf(ConfigRemoval.Hold.class);
    }

    private static ConfigObservation seen(Stage stage, Child... children) {
        return new ConfigObservation(stage, "no Cluster", Optional.empty(), List.of(), List.of(children));
    }

    private static SectionState state(List<AzureRoleAssignment> wanted, Child... existing) {
        return new SectionState(REGISTRIES, new Section.Ask.Children(wanted), List.of(existing), UID);
    }

    private static SectionState.Progress progress(SectionState state) {
        return state.progress().orElseThrow();
    }

    private static AzureRoleAssignment child(String name) {
        var child = new AzureRoleAssignment();
        child.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withGeneration(1L)
                .withLabels(Map.of(Child.SECTION_LABEL, REGISTRIES.name()))
                .withOwnerReferences(new OwnerReferenceBuilder().withUid(UID).build())
                .build());
        child.setSpec(new AzureRoleAssignmentSpec(new LocalRef("c"), "/subscriptions/s", "AcrPull", "p", null));
        return child;
    }

    private static Child existing(String name, boolean ready) {
        var object = child(name);
        object.setStatus(AzureRoleAssignmentStatus.empty()
                .withObservedGeneration(1L)
                .withConditions(List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .withMessage("so it is")
                        .build())));
        return new Child(object);
    }

    private static List<Child> children(Section.Ask ask) {
        return switch (ask) {
            case Section.Ask.Children(var wanted) ->
                wanted.stream().map(Child::new).toList();
            case Section.Ask.Unknown unknown -> throw new AssertionError(unknown);
        };
    }

    private static List<String> names(List<Child> children) {
        return children.stream().map(Child::name).toList();
    }

    private static AzureClusterAdditionalConfigSpec spec(String... registries) {
        return new AzureClusterAdditionalConfigSpec(
                new LocalRef("c"),
                Arrays.stream(registries)
                        .map(name -> new ContainerRegistry(
                                "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/"
                                        + name))
                        .toList(),
                null);
    }

    private static Anchor anchor(@Nullable String principal) {
        var plane = new ManagedControlPlane();
        plane.setStatus(ManagedControlPlaneStatus.empty()
                .withKubeletIdentity(principal == null ? null : new KubeletIdentity(null, null, principal)));
        return new Anchor("c", Optional.empty(), Optional.of(plane));
    }
}
