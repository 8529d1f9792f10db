package dev.fleetwright.simulator.http.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The first line and the header of a request.
 *
 * @param target as it stands in the first line: a path with its query, a whole URL, or host and port for CONNECT
 * @param headers by lower-case name
 * @param minorVersion 1 for HTTP/1.1, 0 for HTTP/1.0
 */
record Head(String method, String target, int minorVersion, Map<String, List<String>> headers) {

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Whether a header that lists words has this one. */
    boolean lists(String name, String word) {
        return headers.getOrDefault(name, List.of()).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(part -> part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .anyMatch(word::equals);
    }

    boolean keepAlive() {
        return minorVersion == 1 ? !lists("connection", "close") : lists("connection", "keep-alive");
    }

    boolean isConnect() {
        return method.equals("CONNECT");
    }
}
