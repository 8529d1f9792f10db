package dev.fleetwright.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {
    @Test
    void literalsMatchWithoutCaseAndVariablesAreTakenAsWritten() {
        assertThat(Route.capture("/subscriptions/{sub}/resourceGroups/{rg}", "/Subscriptions/S/resourcegroups/Rg"))
                .contains(Map.of("sub", "S", "rg", "Rg"));
        assertThat(Route.capture("/a/{b}", "/a/b/c")).isEmpty();
    }

    @Test
    void aScopeTakesAnyNumberOfSegments() {
        assertThat(Route.capture("{*scope}/providers/x/y/{name}", "/s/1/g/2/providers/x/y/n"))
                .contains(Map.of("scope", "/s/1/g/2", "name", "n"));
        assertThat(Route.capture("{*scope}/providers/x/y/{name}", "/providers/x/y/n"))
                .isEmpty();
    }
}
