package dev.fleetwright.simulator.http.server;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what came over a connection into a call. */
final class Requests {
    /** The form in which clients speak to a proxy. */
    private static final Pattern WHOLE_URL = Pattern.compile("(https?)://([^/?#]+)([^#]*)");

    private Requests() {}

    /** @param scheme of the connection: http or https */
    static Call call(Head head, byte[] body, String scheme, int port) throws Malformed {
        String host = head.header("host").orElse("127.0.0.1:" + port);
        String target = head.target();
        Matcher whole = WHOLE_URL.matcher(target);
        if (whole.matches()) {
            host = whole.group(2);
            target = whole.group(3);
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        try {
            return Call.of(
                    head.method(),
                    scheme + "://" + host,
                    Query.decodePath(path),
                    mark < 0 ? "" : target.substring(mark + 1),
                    head.headers(),
                    new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Malformed(400, "a malformed escape in the URL");
        }
    }
}
