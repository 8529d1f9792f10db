package dev.fleetwright.simulator.http;

/** Answers one kind of request. Refuses by throwing a {@link Refusal}. */
@FunctionalInterface
public interface Handler {
    Reply handle(Call call);
}
