package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.SimpleResources.Plain;
import dev.fleetwright.simulator.entra.Credential;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tokens of other issuers that stand for a user-assigned identity: resources of its own. Every write is synchronous. */
public final class FederatedCredentials {
    private static final String IDENTITY_TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";
    private static final String TYPE = IDENTITY_TYPE + "/federatedIdentityCredentials";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][-_a-zA-Z0-9]{2,119}");

    /** Published limit, per identity. */
    private static final int MOST = 20;

    private final Subscriptions subscriptions;

    public FederatedCredentials(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    public List<Route> routes() {
        String all = "/subscriptions/{sub}/resourceGroups/{rg}/providers/" + IDENTITY_TYPE
                + "/{identity}/federatedIdentityCredentials";
        String one = all + "/{name}";
        return List.of(
                new Route("PUT", one, "put federated credential", "", this::put),
                new Route("GET", one, "get federated credential", "", this::get),
                new Route("DELETE", one, "delete federated credential", "", this::delete),
                new Route("GET", all, "list federated credentials", "", this::list));
    }

    /** What a document means for sign-in. */
    static Credential credential(ObjectNode document) {
        JsonNode properties = document.path("properties");
        var audiences = new ArrayList<String>();
        properties.path("audiences").forEach(audience -> audiences.add(audience.asText()));
        return new Credential.Federated(
                properties.path("issuer").asText(), properties.path("subject").asText(), audiences);
    }

    private Reply put(Call call) {
        JsonNode wanted = call.json().path("properties");
        String name = call.variable("name");
        if (!NAME.matcher(name).matches()) {
            throw invalid("The name '" + name + "' must have 3 to 120 letters, digits, hyphens and underscores.");
        }
        for (String property : List.of("issuer", "subject")) {
            if (wanted.path(property).asText("").isBlank()) {
                throw invalid("The federated identity credential needs '" + property + "'.");
            }
        }
        if (wanted.path("audiences").size() != 1) {
            throw invalid("The federated identity credential needs one audience.");
        }
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.openGroup(call.variable("rg"));
            Plain identity = identity(group, call);
            String id = id(identity, name);
            boolean existed = group.find(Plain.class, id).isPresent();
            List<Plain> others = SimpleResources.below(group, identity.id()).stream()
                    .filter(other -> !other.id().equalsIgnoreCase(id))
                    .toList();
            if (!existed && others.size() >= MOST) {
                throw invalid("The identity has " + MOST + " federated identity credentials already.");
            }
            if (others.stream().anyMatch(other -> same(other.document().path("properties"), wanted))) {
                throw ArmError.provider(
                        409, "Conflict", "Issuer and subject combination already exists for this Managed Identity.");
            }
            var document = Json.object().put("id", id).put("name", name).put("type", TYPE);
            ObjectNode properties = document.putObject("properties")
                    .put("issuer", wanted.path("issuer").asText())
                    .put("subject", wanted.path("subject").asText());
            properties.set("audiences", wanted.path("audiences").deepCopy());
            group.add(new Plain(id, document));
            return Reply.of(existed ? 200 : 201, document.deepCopy());
        });
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.path("issuer").equals(other.path("issuer"))
                && one.path("subject").equals(other.path("subject"));
    }

    private Reply get(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.existingGroup(call.variable("rg"));
            Plain identity = identity(group, call);
            return group.find(Plain.class, id(identity, call.variable("name")))
                    .map(found -> Reply.of(200, found.document().deepCopy()))
                    .orElseThrow(() -> SimpleResources.notFound(
                            TYPE + "/" + call.variable("identity") + "/" + call.variable("name"), group.name()));
        });
    }

    private Reply list(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.existingGroup(call.variable("rg"));
            var body = Json.object();
            var values = body.putArray("value");
            SimpleResources.below(group, identity(group, call).id())
                    .forEach(plain -> values.add(plain.document().deepCopy()));
            return Reply.of(200, body);
        });
    }

    private Reply delete(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.existingGroup(call.variable("rg"));
            Optional<Plain> found = group.find(Plain.class, id(identity(group, call), call.variable("name")));
            found.ifPresent(group::remove);
            return Reply.empty(found.isPresent() ? 200 : 204);
        });
    }

    private static Plain identity(ResourceGroup group, Call call) {
        String id = "/subscriptions/" + call.variable("sub") + "/resourceGroups/" + call.variable("rg") + "/providers/"
                + IDENTITY_TYPE + "/" + call.variable("identity");
        return group.find(Plain.class, id)
                .orElseThrow(() -> ArmError.gateway(
                        404,
                        "ParentResourceNotFound",
                        "Failed to perform '" + (call.method().equals("GET") ? "read" : "write")
                                + "' on resource(s) of type 'userAssignedIdentities/federatedIdentityCredentials',"
                                + " because the parent resource '" + id + "' could not be found."));
    }

    private static String id(Plain identity, String name) {
        return identity.id() + "/federatedIdentityCredentials/" + name;
    }

    private static Refusal invalid(String message) {
        return ArmError.provider(400, "BadRequest", message);
    }
}
