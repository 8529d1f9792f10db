package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.shape.ApiVersion;
import dev.fleetwright.simulator.shape.Finding;
import dev.fleetwright.simulator.shape.Finding.Fault;
import dev.fleetwright.simulator.shape.Shapes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks replies against the published shapes: required keys, types, spelling of enums, and nothing of later versions. */
final class PublishedShape {
    /** Which type the body of a successful reply has. The first row that fits counts. */
    private record Row(Pattern path, String type) {}

    private static final String AKS = ".*/Microsoft\\.ContainerService/";
    private static final String MC = AKS + "managedClusters/[^/]+";
    private static final String AP = MC + "/agentPools/[^/]+";

    private static final List<Row> TABLE = List.of(
            row(AKS + "managedClusters", "ManagedClusterListResult"),
            row(MC + "(/abort)?", "ManagedCluster"),
            row(MC + "/(listCluster\\w+Credential)", "CredentialResults"),
            row(MC + "/accessProfiles/[^/]+/listCredential", "ManagedClusterAccessProfile"),
            row(MC + "/upgradeProfiles/default", "ManagedClusterUpgradeProfile"),
            row(MC + "/availableAgentPoolVersions", "AgentPoolAvailableVersions"),
            row(MC + "/maintenanceConfigurations", "MaintenanceConfigurationListResult"),
            row(MC + "/maintenanceConfigurations/[^/]+", "MaintenanceConfiguration"),
            row(MC + "/agentPools", "AgentPoolListResult"),
            row(AP + "(/upgradeNodeImageVersion)?", "AgentPool"),
            row(AP + "/upgradeProfiles/default", "AgentPoolUpgradeProfile"),
            row(AP + "/machines", "MachineListResult"),
            row(AP + "/machines/[^/]+", "Machine"),
            row(AKS + "locations/[^/]+/kubernetesVersions", "KubernetesVersionListResult"),
            row(".*/Microsoft\\.Authorization/roleAssignments/[^/]+", "RoleAssignment"),
            row(".*/Microsoft\\.Authorization/roleAssignments", "RoleAssignmentListResult"),
            row(".*/Microsoft\\.Authorization/roleDefinitions/[^/]+", "RoleDefinition"),
            row(".*/Microsoft\\.Authorization/roleDefinitions", "RoleDefinitionListResult"),
            row("/subscriptions/[^/]+/providers/[^/]+(/register)?", "Provider"),
            row("/subscriptions/[^/]+/resourceGroups/[^/]+", "ResourceGroup"));

    /** Where recorded traffic is not as published. */
    private static final Set<String> RECORDED = Set.of("loadBalancerSku", "backendPoolType");

    private PublishedShape() {}

    private static Row row(String path, String type) {
        return new Row(Pattern.compile("(?i)" + path), type);
    }

    /** Throws when a reply is not as published; replies of paths that are not in the table pass. */
    static void check(String path, String version, Answer answer) {
        JsonNode body = answer.body();
        if (answer.status() >= 400) {
            requireEnvelope(path, body);
            return;
        }
        if (body.isMissingNode()) {
            return;
        }
        for (Row row : TABLE) {
            if (row.path().matcher(path).matches()) {
                List<Finding> findings =
                        Shapes.published().read(row.type(), body, ApiVersion.of(version)).findings().stream()
                                .filter(finding ->
                                        finding.fault() != Fault.CASING || !RECORDED.contains(finding.property()))
                                .toList();
                if (!findings.isEmpty()) {
                    throw new AssertionError(path + " in " + version + " is no " + row.type() + ": " + findings);
                }
                return;
            }
        }
    }

    /** Either the gateway's envelope or the provider's (section 5). */
    private static void requireEnvelope(String path, JsonNode body) {
        boolean wrapped =
                body.at("/error/code").isTextual() && body.at("/error/message").isTextual();
        boolean bare = body.path("code").isTextual()
                && body.path("message").isTextual()
                && body.has("details")
                && body.path("subcode").isTextual();
        boolean entra = body.path("error").isTextual() && body.has("error_description");
        if (path.toLowerCase(Locale.ROOT).startsWith("/subscriptions")
                && !body.isMissingNode()
                && !wrapped
                && !bare
                && !entra) {
            throw new AssertionError(path + " has no envelope: " + body);
        }
    }
}
