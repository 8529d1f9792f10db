package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client needs to know, in the forms in which clients like to be told: a document and environment variables. */
record Connection(String endpoint, String authority, Path caFile, SimulatorOptions options) {

    ObjectNode document() {
        var document = Json.object()
                .put("endpoint", endpoint)
                .put("authority", authority)
                .put("caFile", caFile.toString())
                .put("timeScale", options.timeScale())
                .put("pid", ProcessHandle.current().pid());
        var subscriptions = document.putArray("subscriptions");
        options.subscriptions()
                .forEach((id, tenant) -> subscriptions.addObject().put("id", id).put("tenantId", tenant));
        var principals = document.putArray("principals");
        options.principals()
                .forEach(principal -> principals
                        .addObject()
                        .put("clientId", principal.clientId())
                        .put("objectId", principal.objectId())
                        .put("tenantId", principal.tenantId()));
        return document;
    }

    /** Variables that the Azure SDKs, the command line and most tools read. Secrets are not among them. */
    Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AZURE_RESOURCE_MANAGER_ENDPOINT", endpoint);
        variables.put("ARM_ENDPOINT", endpoint);
        variables.put("AZURE_AUTHORITY_HOST", authority);
        variables.put("SSL_CERT_FILE", caFile.toString());
        variables.put("REQUESTS_CA_BUNDLE", caFile.toString());
        variables.put("NODE_EXTRA_CA_CERTS", caFile.toString());
        options.subscriptions().entrySet().stream().findFirst().ifPresent(first -> {
            variables.put("AZURE_SUBSCRIPTION_ID", first.getKey());
            variables.put("AZURE_TENANT_ID", first.getValue());
        });
        options.principals().stream()
                .findFirst()
                .ifPresent(first -> variables.put("AZURE_CLIENT_ID", first.clientId()));
        return variables;
    }

    String shell() {
        var text = new StringBuilder();
        environment()
                .forEach((name, value) -> text.append("export ")
                        .append(name)
                        .append("='")
                        .append(value)
                        .append("'\n"));
        return text.toString();
    }

    /** Writes endpoint.json and endpoint.env; each appears whole or not at all. */
    void write(Path folder) throws IOException {
        replace(folder.resolve("endpoint.env"), shell());
        replace(folder.resolve("endpoint.json"), document().toPrettyString() + "\n");
    }

    private static void replace(Path file, String content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, content);
        Files.move(
                draft,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
