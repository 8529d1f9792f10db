package dev.fleetwright.simulator.aks.rules;

import java.util.List;
import java.util.function.Predicate;

/**
 * One row of a table of rules: what a document must hold, and the refusal's words when it does not.
 *
 * @param parameter the name that AKS's message gives to the wrong property
 * @param holds on the complete document, server defaults included
 * @param detail a sentence
 */
record Demand<T>(String parameter, Predicate<T> holds, String detail) {
    /** Refuses at the first row that does not hold. */
    static <T> void require(List<Demand<T>> table, T document) {
        for (Demand<T> demand : table) {
            if (!demand.holds().test(document)) {
                throw AksErrors.invalid(demand.parameter(), demand.detail());
            }
        }
    }
}
