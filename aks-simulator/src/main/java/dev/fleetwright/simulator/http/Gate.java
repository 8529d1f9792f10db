package dev.fleetwright.simulator.http;

/** What every call of a routing table passes before its handler: identity, versions, rights, budgets. */
@FunctionalInterface
public interface Gate {
    /** Returns the call as the handler may see it, or throws a {@link Refusal}. */
    Call admit(Call call, Route route);

    /** What the way out adds to a reply. */
    default Reply depart(Call call, Route route, Reply reply) {
        return reply;
    }

    /** A gate that lets everything through. */
    static Gate open() {
        return (call, route) -> call;
    }
}
