package dev.fleetwright.simulator.http;

/** A request answered with an error reply. Carries no stack: it is an answer, not a defect. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;
    private final String caller;

    public Refusal(String message, Reply reply) {
        this(message, reply, "-");
    }

    /** @param caller who is refused, where that is known already: for the log */
    public Refusal(String message, Reply reply, String caller) {
        super(message, null, false, false);
        this.reply = reply;
        this.caller = caller;
    }

    public Reply reply() {
        return reply;
    }

    public String caller() {
        return caller;
    }
}
