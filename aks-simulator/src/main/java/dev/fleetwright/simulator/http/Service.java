package dev.fleetwright.simulator.http;

/** Serves requests. May block; is called on many threads. */
@FunctionalInterface
public interface Service {
    Delivery serve(Call call);
}
