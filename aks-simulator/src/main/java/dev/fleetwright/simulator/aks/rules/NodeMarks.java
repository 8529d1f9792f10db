package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** What labels and taints a pool may put on its nodes. Pure. */
final class NodeMarks {
    private static final Pattern TAINT = Pattern.compile(
            "([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)");
    private static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern RESERVED =
            Pattern.compile("([a-z0-9.-]+\\.)?(kubernetes\\.azure\\.com|kubernetes\\.io)/.*");

    /** Reserved too, but put there by the server, so that clients send it back. */
    private static final String SPOT_LABEL = "kubernetes.azure.com/scalesetpriority";

    private NodeMarks() {}

    static void check(JsonNode pool) {
        boolean spot = pool.path("scaleSetPriority").asText().equals("Spot");
        for (var label : pool.path("nodeLabels").properties()) {
            String key = label.getKey();
            String value = label.getValue().asText();
            if (!LABEL_KEY.matcher(key).matches() || !LABEL_VALUE.matcher(value).matches()) {
                throw AksErrors.invalid("agentPoolProfile.nodeLabels", "'" + key + "=" + value + "' is not a label.");
            }
            if (RESERVED.matcher(key).matches() && !(spot && key.equals(SPOT_LABEL))) {
                throw AksErrors.invalid(
                        "agentPoolProfile.nodeLabels", "The label '" + key + "' is reserved for system use.");
            }
        }
        for (JsonNode taint : pool.path("nodeTaints")) {
            if (!TAINT.matcher(taint.asText()).matches()) {
                throw AksErrors.invalid(
                        "agentPoolProfile.nodeTaints", "'" + taint.asText() + "' is not of the form key=value:Effect.");
            }
        }
    }
}
