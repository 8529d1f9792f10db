package dev.fleetwright.simulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.shape.Finding.Fault;
import java.util.List;
import java.util.Optional;

/**
 * A document compared with its shape.
 *
 * @param document in the published casing of names and values; without what its version does not know
 * @param findings in the document's order
 */
public record Reading(JsonNode document, List<Finding> findings) {
    public Reading {
        findings = List.copyOf(findings);
    }

    public Optional<Finding> first(Fault... faults) {
        List<Fault> wanted = List.of(faults);
        return findings.stream()
                .filter(finding -> wanted.contains(finding.fault()))
                .findFirst();
    }
}
