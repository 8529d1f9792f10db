package dev.fleetwright.azure.sdk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Entra said, without the ids and times that differ at every try. */
final class EntraMessage {
    private static final Pattern CODE = Pattern.compile("AADSTS\\d+:?[^\\r\\n]*");
    private static final Pattern UNSTABLE =
            Pattern.compile("(?i)\\s*\\b(trace id|correlation id|timestamp|request id)\\s*:.*", Pattern.DOTALL);
    private static final int LONGEST = 400;

    private EntraMessage() {}

    static String stable(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            Matcher code = CODE.matcher(String.valueOf(at.getMessage()));
            if (code.find()) {
                return cut(UNSTABLE.matcher(code.group()).replaceAll(""));
            }
        }
        String root = Causes.root(e).lines().findFirst().orElse("no reason given");
        return cut(UNSTABLE.matcher(root).replaceAll(""));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
