package dev.fleetwright.simulator;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;

/** The whole state as one document under /simulator/snapshot: GET takes it, PUT puts it back. No token is asked for. */
final class SnapshotRoutes {
    private static final String PATH = "/simulator/snapshot";

    private final SimulatorState state;
    private final SimulatorOptions.Backend backend;

    SnapshotRoutes(SimulatorState state, SimulatorOptions.Backend backend) {
        this.state = state;
        this.backend = backend;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", PATH, "simulator snapshot", "", call -> Reply.of(200, state.snapshot())),
                new Route("PUT", PATH, "simulator snapshot", "", this::restore));
    }

    private Reply restore(Call call) {
        switch (backend) {
            case NONE -> {}
            case LOCAL ->
                throw refused(
                        409,
                        "A snapshot holds no API servers, so it cannot be put back into a simulator with the local"
                                + " backend. Start one with --backend none.");
        }
        try {
            state.restore(call.parsed(refused(400, "the body is not JSON")).json());
        } catch (IllegalArgumentException e) {
            throw refused(400, String.valueOf(e.getMessage()));
        }
        return Reply.empty(204);
    }

    private static Refusal refused(int status, String message) {
        return new Refusal(message, Reply.of(status, Json.object().put("message", message)));
    }
}
