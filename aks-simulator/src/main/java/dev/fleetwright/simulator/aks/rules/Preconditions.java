package dev.fleetwright.simulator.aks.rules;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Refusal;
import java.util.Optional;

/** The eTag table of section 3 of the protocol page. */
public final class Preconditions {
    private final Behaviours behaviours;

    public Preconditions(Behaviours behaviours) {
        this.behaviours = behaviours;
    }

    /** Takes the eTag of the resource, empty when it does not exist. */
    public void forPut(Call call, Optional<String> current) {
        Optional<String> match = condition(call, "if-match");
        Optional<String> noneMatch = condition(call, "if-none-match");
        if (match.isPresent() && noneMatch.isPresent()) {
            throw AksErrors.badRequest("The headers If-Match and If-None-Match must not be used together.");
        }
        if (noneMatch.isPresent()) {
            if (!noneMatch.get().equals("*")) {
                throw AksErrors.badRequest("The header If-None-Match must be '*' or empty.");
            }
            if (current.isPresent()) {
                throw AksErrors.precondition(
                        behaviours.text(Behaviour.PRECONDITION_CODE),
                        "The resource exists already, but the request has If-None-Match: *.");
            }
        }
        if (match.isPresent() && (current.isEmpty() || !matches(match.get(), current.get()))) {
            throw mismatch(match.get(), current);
        }
    }

    /** For PATCH and DELETE of a resource that exists. */
    public void forChange(Call call, String current) {
        Optional<String> match = condition(call, "if-match");
        if (match.isPresent() && !matches(match.get(), current)) {
            throw mismatch(match.get(), Optional.of(current));
        }
    }

    private Refusal mismatch(String wanted, Optional<String> current) {
        return AksErrors.precondition(
                behaviours.text(Behaviour.PRECONDITION_CODE),
                "The eTag " + wanted + " of the request does not match "
                        + current.map(tag -> "the current eTag " + tag).orElse("any resource")
                        + ". Read the resource again and retry with its eTag.");
    }

    private static Optional<String> condition(Call call, String header) {
        return call.header(header).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static boolean matches(String wanted, String current) {
        return wanted.equals("*") || wanted.replace("\"", "").equals(current);
    }
}
