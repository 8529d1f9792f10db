package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.util.List;

/** Operation status and result of the AKS provider. */
public final class OperationRoutes {
    private static final String LOCATION = "/subscriptions/{sub}/providers/Microsoft.ContainerService/locations/{loc}";

    private final Subscriptions subscriptions;
    private final Timeline timeline;
    private final Behaviours behaviours;

    public OperationRoutes(Subscriptions subscriptions, Timeline timeline, Behaviours behaviours) {
        this.subscriptions = subscriptions;
        this.timeline = timeline;
        this.behaviours = behaviours;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", LOCATION + "/operations/{id}", "operation status", "OP", this::status),
                new Route("GET", LOCATION + "/operationresults/{id}", "operation result", "OP", this::result));
    }

    private Reply status(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            Operation operation = find(call, subscription);
            Reply reply = Reply.of(200, operation.document());
            return operation.running() ? OperationReplies.paced(reply, behaviours) : reply;
        });
    }

    /** 202 while it runs, then an empty body: nothing that is polled this way has a result document. */
    private Reply result(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            Operation operation = find(call, subscription);
            if (operation.running()) {
                Reply reply = Reply.empty(202).with("Location", operation.resultUrl(call.base()));
                return OperationReplies.paced(reply, behaviours);
            }
            return operation.error().map(error -> error.unwrapped(409).reply()).orElseGet(() -> Reply.empty(204));
        });
    }

    /** An operation that runs or has ended not long ago. */
    private Operation find(Call call, Subscription subscription) {
        return subscription
                .operation(call.variable("id"))
                .filter(operation -> !expired(operation))
                .orElseThrow(() -> notFound(call.variable("id")));
    }

    private boolean expired(Operation operation) {
        Duration expiry = behaviours.seconds(Behaviour.OPERATION_EXPIRY);
        return !expiry.isZero()
                && operation
                        .end()
                        .filter(end -> end.plus(timeline.scaled(expiry)).isBefore(timeline.now()))
                        .isPresent();
    }

    private static Refusal notFound(String id) {
        return ArmError.aks(404, "NotFound", "Operation " + id + " was not found.");
    }
}
