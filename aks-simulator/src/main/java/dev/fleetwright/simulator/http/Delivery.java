package dev.fleetwright.simulator.http;

/** What becomes of a request on its connection. */
public sealed interface Delivery {
    /** It is answered. */
    record Answer(Reply reply) implements Delivery {}

    /** The connection is closed without an answer: the client sees its end. */
    record Silence() implements Delivery {}

    /** The connection is reset: the client sees an error of the network. */
    record Reset() implements Delivery {}
}
