package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.Map;
import java.util.regex.Pattern;

/** The cluster autoscaler's profile: section 9 of the protocol page. One setting brings all defaults. Pure. */
final class AutoscalerProfile {
    private static final String MINUTES = "\\d+m";
    private static final String SECONDS = "\\d+s";
    private static final String SWITCH = "true|false";

    /** The form of every value, which is text on the wire. */
    private static final Map<String, Pattern> FORMS = Map.ofEntries(
            form("balance-similar-node-groups", SWITCH),
            form("max-empty-bulk-delete", "\\d+"),
            form("max-graceful-termination-sec", "\\d+"),
            form("max-node-provision-time", MINUTES),
            form("max-total-unready-percentage", "\\d{1,2}|100"),
            form("new-pod-scale-up-delay", "\\d+(s|m|h)"),
            form("ok-total-unready-count", "\\d+"),
            form("scale-down-delay-after-add", MINUTES),
            form("scale-down-delay-after-delete", "\\d+(s|m)"),
            form("scale-down-delay-after-failure", MINUTES),
            form("scale-down-unneeded-time", MINUTES),
            form("scale-down-unready-time", MINUTES),
            form("scale-down-utilization-threshold", "0(\\.\\d+)?|1(\\.0+)?"),
            form("scan-interval", SECONDS),
            form("skip-nodes-with-local-storage", SWITCH),
            form("skip-nodes-with-system-pods", SWITCH));

    private AutoscalerProfile() {}

    private static Map.Entry<String, Pattern> form(String key, String pattern) {
        return Map.entry(key, Pattern.compile(pattern));
    }

    private static void check(JsonNode profile) {
        for (var setting : profile.properties()) {
            Pattern form = FORMS.get(setting.getKey());
            if (form != null && !form.matcher(setting.getValue().asText()).matches()) {
                throw AksErrors.invalid(
                        "managedCluster.properties.autoScalerProfile." + setting.getKey(),
                        "'" + setting.getValue().asText() + "' is not of the form " + form + ".");
            }
        }
    }

    /** The profile, checked, with every default; the delay after a deletion is the scan interval unless it is set. */
    static ObjectNode complete(ObjectNode set) {
        check(set);
        ObjectNode complete = Json.resource(AutoscalerProfile.class, "autoscaler-profile.json");
        Json.overlay(complete, set);
        if (!set.has("scale-down-delay-after-delete")) {
            complete.set("scale-down-delay-after-delete", complete.get("scan-interval"));
        }
        return complete;
    }
}
