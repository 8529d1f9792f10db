package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Kubeconfigs that reach the API server behind a cluster. Written as JSON, which every YAML reader takes. */
final class CredentialRoutes {
    private final Directory directory;

    CredentialRoutes(Directory directory) {
        this.directory = directory;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        Directory.CLUSTER + "/listClusterAdminCredential",
                        "list cluster admin credential",
                        "X",
                        call -> credential(call, "clusterAdmin")),
                new Route(
                        "POST",
                        Directory.CLUSTER + "/listClusterUserCredential",
                        "list cluster user credential",
                        "X",
                        call -> credential(call, "clusterUser")));
    }

    private Reply credential(Call call, String role) {
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            if (cluster.properties().path("disableLocalAccounts").asBoolean()) {
                throw AksErrors.badRequest(
                        "Getting static credential is not allowed because this cluster is set to disable local"
                                + " accounts.");
            }
            Access access = cluster.access()
                    .orElseThrow(() -> AksErrors.badRequest(
                            "The credentials of the cluster are not available before its control plane is."));
            byte[] kubeconfig = Json.bytes(kubeconfig(cluster, access, role));
            var body = Json.object();
            body.putArray("kubeconfigs")
                    .addObject()
                    .put("name", role)
                    .put("value", Base64.getEncoder().encodeToString(kubeconfig));
            return Reply.of(200, body);
        });
    }

    private static ObjectNode kubeconfig(ManagedCluster cluster, Access access, String role) {
        String user = role + "_" + cluster.group().name() + "_" + cluster.name();
        String context = role.equals("clusterAdmin") ? cluster.name() + "-admin" : cluster.name();
        String server = access.server().isEmpty()
                ? "https://" + cluster.properties().path("fqdn").asText() + ":443"
                : access.server();
        var config = Json.object().put("apiVersion", "v1").put("kind", "Config");
        ObjectNode target = config.putArray("clusters")
                .addObject()
                .put("name", cluster.name())
                .putObject("cluster")
                .put("server", server);
        if (!access.certificateAuthorityData().isEmpty()) {
            target.put("certificate-authority-data", access.certificateAuthorityData());
        }
        config.putArray("contexts")
                .addObject()
                .put("name", context)
                .putObject("context")
                .put("cluster", cluster.name())
                .put("user", user);
        config.put("current-context", context);
        ObjectNode credentials =
                config.putArray("users").addObject().put("name", user).putObject("user");
        for (Map.Entry<String, String> entry : access.user().entrySet()) {
            credentials.put(entry.getKey(), entry.getValue());
        }
        return config;
    }
}
