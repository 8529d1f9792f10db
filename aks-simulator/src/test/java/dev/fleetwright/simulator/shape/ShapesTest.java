package dev.fleetwright.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.shape.Finding.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final ApiVersion NOW = ApiVersion.of("2025-09-01");
    private final Shapes shapes = Shapes.published();

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    private List<Fault> faults(String type, String document, String version) throws JsonProcessingException {
        return shapes.read(type, json(document), ApiVersion.of(version)).findings().stream()
                .map(Finding::fault)
                .toList();
    }

    @Test
    void everyKindOfDifferenceIsFoundWithItsPath() throws JsonProcessingException {
        Reading reading = shapes.read(
                "ManagedCluster",
                json(
                        "{'properties':{'agentPoolProfiles':[{'name':'a','count':'1','osDiskSizeGB':4096}],"
                            + "'networkProfile':{'networkPlugin':'Azure','networkPolicy':'x'},'schedulerProfile':{},'y':1}}"),
                NOW);
        assertThat(reading.findings())
                .extracting(finding -> finding.fault() + " " + finding.path())
                .containsExactlyInAnyOrder(
                        "TYPE properties.agentPoolProfiles[0].count",
                        "RANGE properties.agentPoolProfiles[0].osDiskSizeGB",
                        "CASING properties.networkProfile.networkPlugin",
                        "VALUE properties.networkProfile.networkPolicy",
                        "LATER properties.schedulerProfile",
                        "UNKNOWN properties.y",
                        "MISSING location");
    }

    @Test
    void namesAndEnumsComeOutInTheirPublishedCasing() throws JsonProcessingException {
        Reading reading =
                shapes.read("AgentPool", json("{'PROPERTIES':{'Mode':'system','Tags':{'Key':'V'},'count':null}}"), NOW);
        assertThat(reading.document())
                .isEqualTo(json("{'properties':{'mode':'System','tags':{'Key':'V'},'count':null}}"));
    }

    @Test
    void previewsAndVersionsNewerThanTheTableKeepWhatTheTableDoesNotKnow() throws JsonProcessingException {
        String document = "{'location':'x','properties':{'later':1}}";
        for (String version : List.of("2025-08-02-preview", "2099-01-01")) {
            Reading reading = shapes.read("ManagedCluster", json(document), ApiVersion.of(version));
            assertThat(reading.document()).isEqualTo(json(document));
        }
        assertThat(faults("ManagedCluster", document, "2025-09-01")).containsExactly(Fault.UNKNOWN);
    }

    @Test
    void anOldVersionIsShownOnlyWhatItKnowsAlsoInsideListsAndMaps() throws JsonProcessingException {
        ObjectNode document = json("{'eTag':'x','properties':{'agentPoolProfiles':[{'name':'a','eTag':'y'}],"
                + "'addonProfiles':{'a':{'enabled':true,'identity':{}}},'unknown':1}}");
        shapes.project("ManagedCluster", document, ApiVersion.of("2019-02-01"));
        assertThat(document)
                .isEqualTo(json("{'properties':{'agentPoolProfiles':[{'name':'a'}],"
                        + "'addonProfiles':{'a':{'enabled':true}},'unknown':1}}"));
    }

    @Test
    void aTypeThatIsNotInTheTableIsADefect() {
        assertThatThrownBy(() -> shapes.read("Nothing", Json.object(), NOW)).hasMessageContaining("Nothing");
    }
}
