package dev.fleetwright.controllers.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionStepTest {
    @ParameterizedTest
    @CsvSource({
        "1.34.2, 1.34.2, Met",
        "1.34, 1.34.7, Met",
        "v1.34.2, 1.34.2, Met",
        "1.34.3, 1.34.2, Up",
        "1.35, 1.34.2, Up",
        "1.35.1, 1.34.2, Up",
        "1.36, 1.34.2, Refused",
        "2.0, 1.34.2, Refused",
        "1.34.1, 1.34.2, Refused",
        "1.33, 1.34.2, Refused",
    })
    void aControlPlaneGoesUpOneMinorAtATimeAndNeverBack(String wanted, String running, String step) {
        assertThat(VersionStep.ofControlPlane(wanted, Optional.of(running), false)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({
        "1.34.2, 1.33.1, 1.34.2, Up",
        "1.34, 1.33.1, 1.34.2, Up",
        "1.35, 1.34.2, 1.34.2, NotYet",
        "1.34.3, 1.34.2, 1.34.2, NotYet",
        "1.33, 1.34.2, 1.34.2, Refused",
        "1.34.2, 1.34.2, 1.34.2, Met",
        "'', 1.33.2, 1.34.2, Met",
    })
    void aPoolFollowsItsControlPlaneAndNeverLeads(String wanted, String running, String above, String step) {
        assertThat(VersionStep.ofPool(wanted, Optional.of(running), Optional.of(above))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"1.34.1, true, Met", "1.33, true, Refused", "1.34.1, false, Refused"})
    void aPatchThatAzureInstalledByItselfIsNoDowngrade(String wanted, boolean upgradesItself, String step) {
        assertThat(VersionStep.ofControlPlane(wanted, Optional.of("1.34.2"), upgradesItself)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"1.36, set spec.version to 1.35 first", "1.33, set spec.version to 1.34.2"})
    void aRefusalNamesWhatToSet(String wanted, String advice) {
        assertThat(VersionStep.ofControlPlane(wanted, Optional.of("1.34.2"), false))
                .isInstanceOfSatisfying(
                        VersionStep.Refused.class, r -> assertThat(r.message()).contains(advice));
    }
}
