package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;

/** Operation status and result of the AKS provider. */
public final class OperationRoutes {
    private static final String LOCATION = "/subscriptions/{sub}/providers/Microsoft.ContainerService/locations/{loc}";

    private final Subscriptions subscriptions;

    public OperationRoutes(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", LOCATION + "/operations/{id}", "operation status", "OP", this::status),
                new Route("GET", LOCATION + "/operationresults/{id}", "operation result", "OP", this::result));
    }

    private Reply status(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> Reply.of(200, find(call, subscription).document()));
    }

    /** 202 while it runs, then an empty body: nothing that is polled this way has a result document. */
    private Reply result(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            Operation operation = find(call, subscription);
            if (operation.running()) {
                return Reply.empty(202).with("Location", operation.resultUrl(call.base()));
            }
            return operation.error().map(error -> error.unwrapped(409).reply()).orElseGet(() -> Reply.empty(204));
        });
    }

    private static Operation find(Call call, Subscription subscription) {
        return subscription.operation(call.variable("id")).orElseThrow(() -> notFound(call.variable("id")));
    }

    private static Refusal notFound(String id) {
        return ArmError.aks(404, "NotFound", "Operation " + id + " was not found.");
    }
}
