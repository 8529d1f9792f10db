package dev.fleetwright.companion.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.companion.anchor.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoscalerDecisionTest {
    private static final Map<String, Object> WANTED = Map.of("expander", "least-waste", "scanInterval", "20s");

    @Test
    void whatIsMissingWrongOrNoLongerWantedIsWritten() {
        assertThat(decide(Map.of(), Set.of())).isEqualTo(new AutoscalerDecision.Apply(WANTED));
        assertThat(decide(Map.of("expander", "random", "scanInterval", "20s"), WANTED.keySet()))
                .isEqualTo(new AutoscalerDecision.Apply(WANTED));
        var more = Map.<String, Object>of("expander", "least-waste", "scanInterval", "20s", "maxEmptyBulkDelete", 10);
        assertThat(decide(more, more.keySet())).isEqualTo(new AutoscalerDecision.Apply(WANTED));
    }

    @Test
    void theRightValuesInOtherHandsAreTakenOver() {
        assertThat(decide(WANTED, Set.of("expander"))).isEqualTo(new AutoscalerDecision.Apply(WANTED));
    }

    @Test
    void keysThatOthersSetAreTheirs() {
        var more = Map.<String, Object>of("expander", "least-waste", "scanInterval", "20s", "maxEmptyBulkDelete", 10);
        assertThat(decide(more, WANTED.keySet())).isInstanceOf(AutoscalerDecision.Keep.class);
    }

    @Test
    void itIsReadyWhenAzureHasItAndStaysSoWhileAzureIsBusyWithOtherThings() {
        assertThat(AutoscalerDecision.of(seen(Stage.LIVING, WANTED, WANTED.keySet(), false, false)))
                .isInstanceOf(AutoscalerDecision.Wait.class);
        assertThat(AutoscalerDecision.of(seen(Stage.LIVING, WANTED, WANTED.keySet(), true, false)))
                .isInstanceOf(AutoscalerDecision.Keep.class);
        assertThat(AutoscalerDecision.of(seen(Stage.LIVING, WANTED, WANTED.keySet(), false, true)))
                .isInstanceOf(AutoscalerDecision.Keep.class);
    }

    @Test
    void theYoungerOfTwoYields() {
        var o = seen(Stage.LIVING, Map.of(), Set.of(), true, false);
        var junior = new AutoscalerObservation(
                o.stage(),
                o.missing(),
                o.pause(),
                Optional.of("elder"),
                o.wanted(),
                o.actual(),
                o.owned(),
                o.carriedOut(),
                o.settled());
        assertThat(AutoscalerDecision.of(junior)).isEqualTo(new AutoscalerDecision.Yield("elder"));
        assertThat(AutoscalerRemoval.of(junior)).isInstanceOf(AutoscalerRemoval.Release.class);
    }

    @Test
    void aDeletionTakesTheProfileFromALivingControlPlaneAndLeavesADyingOneAlone() {
        assertThat(AutoscalerRemoval.of(seen(Stage.LIVING, WANTED, WANTED.keySet(), true, true)))
                .isInstanceOf(AutoscalerRemoval.Withdraw.class);
        assertThat(AutoscalerRemoval.of(seen(Stage.LIVING, WANTED, Set.of(), true, true)))
                .isInstanceOf(AutoscalerRemoval.Release.class);
        assertThat(AutoscalerRemoval.of(seen(Stage.LEAVING, WANTED, WANTED.keySet(), true, true)))
                .isInstanceOf(AutoscalerRemoval.Release.class);
        assertThat(AutoscalerRemoval.of(seen(Stage.PROTECTED, WANTED, WANTED.keySet(), true, true)))
                .isInstanceOf(AutoscalerRemoval.Hold.class);
        assertThat(AutoscalerDecision.of(seen(Stage.LEAVING, WANTED, Set.of(), true, true)))
                .isInstanceOf(AutoscalerDecision.Retire.class);
    }

    private static AutoscalerDecision decide(Map<String, Object> actual, Set<String> owned) {
        return AutoscalerDecision.of(seen(Stage.LIVING, actual, owned, true, false));
    }

    private static AutoscalerObservation seen(
            Stage stage, Map<String, Object> actual, Set<String> owned, boolean carriedOut, boolean settled) {
        return new AutoscalerObservation(
                stage, "no Cluster", Optional.empty(), Optional.empty(), WANTED, actual, owned, carriedOut, settled);
    }
}
