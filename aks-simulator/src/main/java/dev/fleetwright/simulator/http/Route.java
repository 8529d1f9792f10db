package dev.fleetwright.simulator.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the routing table.
 *
 * @param template segments are literals, compared without case as Azure does, or {@code {name}}; a leading
 *     {@code {*name}} takes any number of segments
 * @param operation the name under which the request log counts it
 * @param bucket the throttling bucket's code, empty where none applies
 */
public record Route(String method, String template, String operation, String bucket, Handler handler) {

    /** The captured variables when this row serves the path. */
    Optional<Map<String, String>> match(String requestMethod, String path) {
        return method.equals(requestMethod) ? capture(template, path) : Optional.empty();
    }

    static Optional<Map<String, String>> capture(String template, String path) {
        List<String> want = segments(template);
        List<String> have = segments(path);
        var variables = new HashMap<String, String>();
        if (!want.isEmpty() && want.getFirst().startsWith("{*")) {
            int taken = have.size() - (want.size() - 1);
            if (taken < 1) {
                return Optional.empty();
            }
            variables.put(name(want.getFirst(), 2), "/" + String.join("/", have.subList(0, taken)));
            want = want.subList(1, want.size());
            have = have.subList(taken, have.size());
        }
        if (want.size() != have.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < want.size(); i++) {
            if (want.get(i).startsWith("{")) {
                variables.put(name(want.get(i), 1), have.get(i));
            } else if (!want.get(i).equalsIgnoreCase(have.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(variables));
    }

    private static String name(String segment, int from) {
        return segment.substring(from, segment.length() - 1);
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                if (i > start) {
                    segments.add(path.substring(start, i));
                }
                start = i + 1;
            }
        }
        return segments;
    }
}
