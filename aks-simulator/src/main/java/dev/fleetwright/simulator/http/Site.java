package dev.fleetwright.simulator.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A routing table with its gate, and the answer for paths that it claims but does not know.
 *
 * @param pathPrefix in lower case
 * @param plain whether it is served over http too
 */
public record Site(String pathPrefix, List<Route> routes, Gate gate, Handler unknown, boolean plain) {
    public Site {
        routes = List.copyOf(routes);
    }

    /** Over TLS alone. */
    public Site(String pathPrefix, List<Route> routes, Gate gate, Handler unknown) {
        this(pathPrefix, routes, gate, unknown, false);
    }

    public Site overPlainHttpToo() {
        return new Site(pathPrefix, routes, gate, unknown, true);
    }

    /** A row and what its template captured. */
    record Match(Route route, Map<String, String> variables) {}

    Optional<Match> find(String method, String path) {
        for (Route route : routes) {
            var variables = route.match(method, path);
            if (variables.isPresent()) {
                return Optional.of(new Match(route, variables.get()));
            }
        }
        return Optional.empty();
    }
}
