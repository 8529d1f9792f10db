package dev.fleetwright.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The grammar that query strings and form bodies share. */
public final class Query {
    private Query() {}

    /**
     * Names and values, decoded. Of a name that comes twice, the last value counts.
     *
     * @throws IllegalArgumentException when an escape is malformed
     */
    public static Map<String, String> read(String text) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.put(decode(name), decode(value));
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A path, in which a plus sign stands for itself. */
    public static String decodePath(String path) {
        return path.indexOf('%') < 0 ? path : decode(path.replace("+", "%2B"));
    }
}
