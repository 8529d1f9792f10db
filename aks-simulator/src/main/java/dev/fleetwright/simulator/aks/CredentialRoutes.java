package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Kubeconfigs that reach the API server behind a cluster. Written as JSON, which every YAML reader takes. */
final class CredentialRoutes {
    /** AKS's own applications in every directory (documented by kubelogin). */
    private static final String SERVER_APPLICATION = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private static final String CLIENT_APPLICATION = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

    /** Legacy, with the names of the files. */
    private static final List<String> PROFILES = List.of("clusterAdmin", "clusterUser");

    private final Directory directory;
    private final Surface surface;
    private final Behaviours behaviours;

    CredentialRoutes(Directory directory, Surface surface, Behaviours behaviours) {
        this.directory = directory;
        this.surface = surface;
        this.behaviours = behaviours;
    }

    List<Route> routes() {
        return List.of(
                list("listClusterAdminCredential", "list cluster admin credential", "clusterAdmin"),
                list("listClusterUserCredential", "list cluster user credential", "clusterUser"),
                list(
                        "listClusterMonitoringUserCredential",
                        "list cluster monitoring user credential",
                        "clusterMonitoringUser"),
                new Route(
                        "POST",
                        Directory.CLUSTER + "/accessProfiles/{role}/listCredential",
                        "get access profile",
                        "X",
                        surface.giving("ManagedClusterAccessProfile", this::accessProfile)));
    }

    private Route list(String action, String operation, String role) {
        return new Route(
                "POST",
                Directory.CLUSTER + "/" + action,
                operation,
                "X",
                surface.giving("CredentialResults", call -> credentials(call, role)));
    }

    private Reply credentials(Call call, String role) {
        return directory.subscription(call).locked(() -> {
            var body = Json.object();
            body.putArray("kubeconfigs")
                    .addObject()
                    .put("name", role)
                    .put("value", encoded(directory.cluster(call), role, call));
            return Reply.of(200, body);
        });
    }

    private Reply accessProfile(Call call) {
        String role = call.variable("role");
        return directory.subscription(call).locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            if (!PROFILES.contains(role)) {
                throw ArmError.aks(404, "NotFound", "The access profile '" + role + "' was not found.");
            }
            var body = Json.object()
                    .put("id", cluster.id() + "/accessProfiles/" + role)
                    .put("name", role)
                    .put("type", "Microsoft.ContainerService/ManagedClusters/AccessProfiles")
                    .put("location", cluster.location());
            body.putObject("properties").put("kubeConfig", encoded(cluster, role, call));
            return Reply.of(200, body);
        });
    }

    private String encoded(ManagedCluster cluster, String role, Call call) {
        boolean local = !cluster.properties().path("disableLocalAccounts").asBoolean();
        if (!local && !role.equals("clusterUser")) {
            throw ArmError.aks(
                    behaviours.number(Behaviour.ADMIN_CREDENTIAL_STATUS),
                    "BadRequest",
                    "Getting static credential is not allowed because this cluster is set to disable local accounts.");
        }
        Access access = cluster.access()
                .orElseThrow(() -> AksErrors.badRequest(
                        "The credentials of the cluster are not available before its control plane is."));
        ObjectNode config = kubeconfig(cluster, access, role);
        if (role.equals("clusterUser")
                && cluster.properties().path("aadProfile").isObject()) {
            signInByDirectory(
                    (ObjectNode) config.at("/users/0/user"),
                    cluster.subscription().tenantId(),
                    call.queryValue("format").orElse("exec"));
        }
        return Base64.getEncoder().encodeToString(Json.bytes(config));
    }

    /** With an AAD profile a user's file holds no certificate but a way to sign in (documented). */
    private static void signInByDirectory(ObjectNode user, String tenantId, String format) {
        user.removeAll();
        if (format.equals("azure")) {
            user.putObject("auth-provider")
                    .put("name", "azure")
                    .putObject("config")
                    .put("apiserver-id", SERVER_APPLICATION)
                    .put("client-id", CLIENT_APPLICATION)
                    .put("config-mode", "1")
                    .put("environment", "AzurePublicCloud")
                    .put("tenant-id", tenantId);
            return;
        }
        ObjectNode exec = user.putObject("exec")
                .put("apiVersion", "client.authentication.k8s.io/v1beta1")
                .put("command", "kubelogin")
                .put("provideClusterInfo", false);
        exec.putNull("env");
        exec.putArray("args")
                .add("get-token")
                .add("--environment")
                .add("AzurePublicCloud")
                .add("--server-id")
                .add(SERVER_APPLICATION)
                .add("--client-id")
                .add(CLIENT_APPLICATION)
                .add("--tenant-id")
                .add(tenantId)
                .add("--login")
                .add("devicecode");
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
