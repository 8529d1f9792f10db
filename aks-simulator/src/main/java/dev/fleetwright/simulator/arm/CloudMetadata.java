package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.Map;

/**
 * The description of a cloud, from which the Azure CLI ({@code az cloud register}) and Terraform-like tools learn every
 * other address. No token is asked for.
 *
 * <p>Source: what the Azure CLI and the Terraform provider read; the public cloud's values for what is not simulated.
 */
public final class CloudMetadata {
    private static final String NAME = "AksSimulator";

    /** What is not here: tools want an address all the same. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("graph", "https://graph.windows.net/"),
            Map.entry("graphAudience", "https://graph.windows.net/"),
            Map.entry("microsoftGraphResourceId", "https://graph.microsoft.com/"),
            Map.entry("portal", "https://portal.azure.com"),
            Map.entry("batch", "https://batch.core.windows.net/"),
            Map.entry("media", "https://rest.media.azure.net"),
            Map.entry("sqlManagement", "https://management.core.windows.net:8443/"),
            Map.entry("gallery", "https://gallery.azure.com/"),
            Map.entry("activeDirectoryDataLake", "https://datalake.azure.net/"),
            Map.entry("appInsightsResourceId", "https://api.applicationinsights.io"),
            Map.entry("appInsightsTelemetryChannelResourceId", "https://dc.applicationinsights.azure.com/v2/track"),
            Map.entry("attestationResourceId", "https://attest.azure.net"),
            Map.entry("synapseAnalyticsResourceId", "https://dev.azuresynapse.net"),
            Map.entry("logAnalyticsResourceId", "https://api.loganalytics.io"),
            Map.entry("ossrDbmsResourceId", "https://ossrdbms-aad.database.windows.net"),
            Map.entry(
                    "vmImageAliasDoc",
                    "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/main/arm-compute/quickstart-templates/aliases.json"));

    private static final Map<String, String> SUFFIXES = Map.ofEntries(
            Map.entry("storage", "core.windows.net"),
            Map.entry("keyVaultDns", "vault.azure.net"),
            Map.entry("mhsmDns", "managedhsm.azure.net"),
            Map.entry("acrLoginServer", "azurecr.io"),
            Map.entry("sqlServerHostname", "database.windows.net"),
            Map.entry("mysqlServerEndpoint", "mysql.database.azure.com"),
            Map.entry("postgresqlServerEndpoint", "postgres.database.azure.com"),
            Map.entry("mariadbServerEndpoint", "mariadb.database.azure.com"),
            Map.entry("azureDataLakeStoreFileSystem", "azuredatalakestore.net"),
            Map.entry("azureDataLakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.net"),
            Map.entry("synapseAnalytics", "dev.azuresynapse.net"),
            Map.entry("attestationEndpoint", "attest.azure.net"),
            Map.entry("storageSyncEndpointSuffix", "afs.azure.net"),
            Map.entry("azureFrontDoorEndpointSuffix", "azurefd.net"));

    private CloudMetadata() {}

    public static List<Route> routes() {
        return List.of(new Route("GET", "/metadata/endpoints", "cloud metadata", "", CloudMetadata::get));
    }

    /** One document since 2022; a list of clouds in the versions before. */
    private static Reply get(Call call) {
        // asked over http, the addresses are https all the same
        ObjectNode cloud = document(call.base().replaceFirst("^http:", "https:"));
        return call.apiVersion().compareTo("2022") >= 0 || call.apiVersion().compareTo("2019") < 0
                ? Reply.of(200, cloud)
                : Reply.of(200, Json.MAPPER.createArrayNode().add(cloud));
    }

    private static ObjectNode document(String base) {
        var cloud = Json.object().put("name", NAME).put("resourceManager", base + "/");
        ELSEWHERE.forEach(cloud::put);
        // the spellings of 2015
        cloud.put("galleryEndpoint", "https://gallery.azure.com/")
                .put("graphEndpoint", "https://graph.windows.net/")
                .put("portalEndpoint", "https://portal.azure.com");
        var authentication = cloud.putObject("authentication")
                .put("loginEndpoint", base)
                .put("tenant", "common")
                .put("identityProvider", "AAD");
        authentication
                .putArray("audiences")
                .add("https://management.core.windows.net/")
                .add("https://management.azure.com/");
        var suffixes = cloud.putObject("suffixes");
        SUFFIXES.forEach(suffixes::put);
        return cloud;
    }
}
