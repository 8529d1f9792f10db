package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Reply;

/** The headers by which a client follows a long-running operation. */
public final class OperationReplies {
    private OperationReplies() {}

    /** The reply to an accepted PUT or PATCH carries only the status URL (recorded). */
    public static Reply written(Reply reply, Call call, Operation operation, Behaviours behaviours) {
        return paced(reply.with("Azure-AsyncOperation", operation.statusUrl(call.base())), behaviours);
    }

    /** The reply to an accepted DELETE or POST carries the URL of the result, too (recorded). */
    public static Reply posted(Reply reply, Call call, Operation operation, Behaviours behaviours) {
        Reply written = written(reply, call, operation, behaviours);
        return behaviours.on(Behaviour.DELETE_LOCATION)
                ? written.with("Location", operation.resultUrl(call.base()))
                : written;
    }

    /** AKS sends no Retry-After (recorded); the specification allows it. */
    static Reply paced(Reply reply, Behaviours behaviours) {
        int seconds = behaviours.number(Behaviour.OPERATION_RETRY_AFTER);
        return seconds == 0 ? reply : reply.with("Retry-After", Integer.toString(seconds));
    }
}
