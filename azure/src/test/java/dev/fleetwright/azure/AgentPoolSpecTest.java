package dev.fleetwright.azure;

import static dev.fleetwright.azure.PoolSpecs.OWNER;
import static dev.fleetwright.azure.PoolSpecs.fixed;
import static dev.fleetwright.azure.PoolSpecs.scaled;
import static dev.fleetwright.azure.PoolSpecs.state;
import static dev.fleetwright.azure.PoolSpecs.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.Scaling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentPoolSpecTest {
    private static final String TAGGED = "'tags':{'fleetwright.owner':'" + OWNER.value() + "'}";

    @ParameterizedTest(name = "{0} is satisfied by {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'osDiskSizeGB':0 | 'osDiskSizeGB':128",
                "'enableFIPS':false | 'maxPods':110",
                "'zones':['1','2'] | 'zones':['2','1']",
                "'zones':[] | 'zones':['1']",
                "'vnetSubnetID':'/subscriptions/S/x/y' | 'vnetSubnetID':'/SUBSCRIPTIONS/s/X/y'",
                "'scaleSetPriority':'Spot','spotMaxPrice':'-1' | 'scaleSetPriority':'Spot','spotMaxPrice':'-1.0'",
                "'taints':['a=b:NoSchedule'] |"
                        + " 'taints':['kubernetes.azure.com/scalesetpriority=spot:NoSchedule','a=b:NoSchedule']",
                "'labels':{'a':'b'} | 'labels':{'a':'b','kubernetes.azure.com/scalesetpriority':'spot'}",
                "'upgradeSettings':{'maxSurge':'10%'} |"
                        + " 'upgradeSettings':{'maxSurge':'10%','drainTimeoutInMinutes':30}",
            })
    void whatAzureFillsInOrSpellsOtherwiseIsNoDrift(String wanted, String actual) {
        assertThat(fixed("{'vmSize':'Standard_D4s_v5'," + wanted + "}", 3)
                        .differencesFrom(state("{'vmSize':'standard_d4s_v5'," + actual + "," + TAGGED + "}", 3, null)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} against {1} differs in {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'maxPods':110 | 'maxPods':50 | maxPods | false",
                "'enableFIPS':true | 'maxPods':50 | enableFIPS | false",
                "'labels':{} | 'labels':{'a':'b'} | labels | true",
                "'labels':{'a':'B'} | 'labels':{'a':'b'} | labels | true",
                "'taints':[] | 'taints':['a=b:NoSchedule'] | taints | true",
                "'upgradeSettings':{'maxSurge':'20%'} | 'upgradeSettings':{'maxSurge':'10%'} | upgradeSettings | true",
            })
    void anOwnedFieldThatDiffersIsFound(String wanted, String actual, String field, boolean changeable) {
        assertThat(fixed("{'vmSize':'a'," + wanted + "}", 3)
                        .differencesFrom(state("{'vmSize':'a'," + actual + "," + TAGGED + "}", 3, null)))
                .singleElement()
                .returns(field, Difference::field)
                .returns(changeable, Difference::changeable);
    }

    @Test
    void theCountOfAnAutoscaledPoolIsNeverCompared() {
        AgentPoolState state = state("{'vmSize':'a'," + TAGGED + "}", 17, new Scaling(3, 20));

        assertThat(scaled("{'vmSize':'a'}", 3, 20).differencesFrom(state)).isEmpty();
        assertThat(fields(scaled("{'vmSize':'a'}", 3, 30), state)).containsExactly("scaling");
    }

    @Test
    void turningTheAutoscalerOffIsADifferenceOfItsOwn() {
        AgentPoolState state = state("{'vmSize':'a'," + TAGGED + "}", 5, new Scaling(3, 20));

        assertThat(fields(fixed("{'vmSize':'a'}", 5), state)).containsExactly("scaling");
    }

    @Test
    void othersTagsAreLeftAloneAndOursAreSet() {
        assertThat(fixed("{'vmSize':'a'}", 3)
                        .differencesFrom(state(
                                "{'vmSize':'a','tags':{'costcentre':'7','fleetwright.owner':'" + OWNER.value() + "'}}",
                                3,
                                null)))
                .isEmpty();
        assertThat(fields(
                        fixed("{'vmSize':'a','tags':{'team':'x'}}", 3),
                        state("{'vmSize':'a'," + TAGGED + "}", 3, null)))
                .containsExactly("tags");
    }

    @ParameterizedTest(name = "version {0} is {1}")
    @CsvSource({"1.34, true", "v1.34.2, true", "1.34.2, true", "1.34.3, false", "1.3, false", "1.35, false"})
    void aVersionIsComparedWithWhatWasAskedForAndWithWhatRuns(String version, boolean same) {
        AgentPoolSpec spec = new AgentPoolSpec("workers", "User", template("{'vmSize':'a'}"), 3, null, version, OWNER);

        assertThat(spec.differencesFrom(state("{'vmSize':'a'," + TAGGED + "}", 3, null))
                        .isEmpty())
                .isEqualTo(same);
    }

    private static List<String> fields(AgentPoolSpec spec, AgentPoolState state) {
        return spec.differencesFrom(state).stream().map(Difference::field).toList();
    }
}
