package dev.fleetwright.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The values of the chart that point the operators at a simulator. JSON, which is YAML too. */
final class ChartValues {
    private ChartValues() {}

    static String of(Simulator simulator, double timeScale) {
        Map<String, Object> values = Map.of(
                "azure",
                        Map.of(
                                "resourceManagerEndpoint", simulator.endpoint(),
                                "authorityHost", simulator.authority(),
                                "caBundle", TextFile.read(simulator.caBundle())),
                "timeScale", timeScale,
                "http", Map.of("address", "127.0.0.1", "port", 0));
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
