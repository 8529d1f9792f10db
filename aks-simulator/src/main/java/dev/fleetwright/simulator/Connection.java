package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.entra.MachineIdentity;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a client needs to know, in the forms in which clients like to be told: a document and environment variables. */
record Connection(String endpoint, String authority, Path caFile, String identitySecret, SimulatorOptions options) {

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

    /** Variables that the Azure SDKs, the command line and most tools read. Secrets of applications are not among them. */
    Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AZURE_RESOURCE_MANAGER_ENDPOINT", endpoint);
        variables.put("ARM_ENDPOINT", endpoint);
        variables.put("ARM_METADATA_HOSTNAME", endpoint.substring("https://".length()));
        variables.put("AZURE_AUTHORITY_HOST", authority);
        for (String trust : List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "AZURE_CA_BUNDLE")) {
            variables.put(trust, caFile.toString());
        }
        options.subscriptions().entrySet().stream().findFirst().ifPresent(first -> {
            variables.put("AZURE_SUBSCRIPTION_ID", first.getKey());
            variables.put("ARM_SUBSCRIPTION_ID", first.getKey());
            variables.put("AZURE_TENANT_ID", first.getValue());
            variables.put("ARM_TENANT_ID", first.getValue());
        });
        options.principals().stream().findFirst().ifPresent(first -> {
            variables.put("AZURE_CLIENT_ID", first.clientId());
            variables.put("ARM_CLIENT_ID", first.clientId());
        });
        if (options.principals().stream().anyMatch(Principal::isManagedIdentity)) {
            variables.putAll(machineEnvironment());
        }
        return variables;
    }

    /** What a machine with a managed identity has in its environment, for clients of either of the two endpoints. */
    Map<String, String> machineEnvironment() {
        String plain = endpoint.replaceFirst("^https:", "http:");
        var variables = new LinkedHashMap<String, String>();
        variables.put("IDENTITY_ENDPOINT", plain + MachineIdentity.APP_SERVICE_PATH);
        variables.put("IDENTITY_HEADER", identitySecret);
        variables.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", plain);
        return variables;
    }

    /** For a shell to read. The secret is read from its file when that happens. */
    String shell() {
        var text = new StringBuilder();
        environment().forEach((name, value) -> export(text, name, "'" + value + "'"));
        options.secretFile().ifPresent(file -> {
            export(text, "AZURE_CLIENT_SECRET", "\"$(cat '" + file + "')\"");
            export(text, "ARM_CLIENT_SECRET", "\"$(cat '" + file + "')\"");
        });
        return text.toString();
    }

    private static void export(StringBuilder text, String name, String value) {
        text.append("export ").append(name).append('=').append(value).append('\n');
    }

    /** Writes endpoint.json and endpoint.env; each appears whole or not at all. */
    void write(Path folder) throws IOException {
        replace(folder.resolve("endpoint.env"), shell());
        replace(folder.resolve("endpoint.json"), document().toPrettyString() + "\n");
    }

    private static void replace(Path file, String content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
