package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.entra.Credential;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resources that role assignments need as a scope or an assignee, and that do nothing else: container registries and
 * user-assigned identities. Every write is synchronous.
 */
public final class SimpleResources {
    static final String KEPT_AS = "resource";

    /** What is filled in by the server. */
    private interface Fill {
        void properties(ObjectNode properties, String name, String id, Subscription subscription);
    }

    private record Type(String provider, String collection, Fill fill) {
        String full() {
            return provider + "/" + collection;
        }
    }

    private static final List<Type> TYPES = List.of(
            new Type(
                    "Microsoft.ContainerRegistry",
                    "registries",
                    (properties, name, id, subscription) -> properties
                            .put("loginServer", name.toLowerCase(Locale.ROOT) + ".azurecr.io")
                            .put("provisioningState", "Succeeded")
                            .put("adminUserEnabled", false)),
            new Type(
                    "Microsoft.ManagedIdentity",
                    "userAssignedIdentities",
                    (properties, name, id, subscription) -> properties
                            .put("tenantId", subscription.tenantId())
                            .put("principalId", objectIdOf(id))
                            .put("clientId", clientIdOf(id))));

    private static final Pattern REGISTRY = Pattern.compile("(?i)/subscriptions/([^/]+)/resourceGroups/([^/]+)"
            + "/providers/Microsoft.ContainerRegistry/registries/([^/]+)");

    private final Subscriptions subscriptions;
    private final Regions regions;

    public SimpleResources(Subscriptions subscriptions, Regions regions) {
        this.subscriptions = subscriptions;
        this.regions = regions;
    }

    /** An identity's object id follows from its ARM id, so that everybody who knows the one can tell the other. */
    public static String objectIdOf(String identityId) {
        return idFrom("object of " + identityId);
    }

    public static String clientIdOf(String identityId) {
        return idFrom("client of " + identityId);
    }

    private static String idFrom(String text) {
        return UUID.nameUUIDFromBytes(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The user-assigned identities that exist, as who they are in the directory. */
    public List<Principal> identities() {
        var identities = new ArrayList<Principal>();
        for (Subscription subscription : subscriptions.all()) {
            subscription.locked(() -> subscription.groups().stream()
                    .flatMap(group -> group.all(Plain.class).stream())
                    .map(Plain::document)
                    .filter(document -> document.at("/properties/principalId").isTextual())
                    .forEach(document -> identities.add(identity(
                            document,
                            federated(subscription, document.path("id").asText())))));
        }
        return identities;
    }

    private static List<ObjectNode> federated(Subscription subscription, String identityId) {
        ResourceGroup group = subscription.existingGroup(identityId.split("/", -1)[4]);
        return below(group, identityId).stream().map(Plain::document).toList();
    }

    private static Principal identity(ObjectNode document, List<ObjectNode> federated) {
        JsonNode properties = document.path("properties");
        Principal identity = Principal.of(
                        properties.path("tenantId").asText(),
                        properties.path("clientId").asText())
                .withObjectId(properties.path("principalId").asText())
                .with(new Credential.Managed(document.path("id").asText()))
                .needingRoles();
        for (ObjectNode credential : federated) {
            identity = identity.with(FederatedCredentials.credential(credential));
        }
        return identity;
    }

    /** Resources that belong to another one and go with it. */
    static List<Plain> below(ResourceGroup group, String id) {
        String start = id.toLowerCase(Locale.ROOT) + "/";
        return group.all(Plain.class).stream()
                .filter(plain -> plain.keptAt().startsWith(start))
                .toList();
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (Type type : TYPES) {
            String collection = "/subscriptions/{sub}/resourceGroups/{rg}/providers/" + type.full();
            String one = collection + "/{name}";
            String noun = type.collection();
            routes.add(new Route("PUT", one, "put " + noun, "", call -> put(call, type)));
            routes.add(new Route("GET", one, "get " + noun, "", call -> get(call, type)));
            routes.add(new Route("DELETE", one, "delete " + noun, "", call -> delete(call, type)));
            routes.add(new Route("GET", collection, "list " + noun, "", call -> list(call, type)));
            routes.add(new Route(
                    "GET",
                    "/subscriptions/{sub}/providers/" + type.full(),
                    "list all " + noun,
                    "",
                    call -> listAll(call, type)));
        }
        return routes;
    }

    /** Makes a resource again from what was kept of it. */
    static void read(Subscription subscription, ObjectNode kept) {
        String id = kept.path("id").asText();
        String group = id.split("/", -1)[4];
        subscription.existingGroup(group).add(new Plain(id, kept));
    }

    record Plain(String id, ObjectNode document) implements GroupMember {
        @Override
        public CompletionStage<Void> dispose() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public String keptAs() {
            return KEPT_AS;
        }

        @Override
        public ObjectNode kept() {
            return document.deepCopy();
        }
    }

    /** Makes a container registry and its resource group exist, in the first region there is. */
    public void preset(String registryId) {
        Matcher id = REGISTRY.matcher(registryId);
        if (!id.matches()) {
            throw new IllegalArgumentException("not the id of a container registry: " + registryId);
        }
        Subscription subscription = subscriptions
                .find(id.group(1))
                .orElseThrow(() -> new IllegalArgumentException("unknown subscription in " + registryId));
        String location = regions.names().getFirst();
        subscription.locked(() -> {
            ResourceGroup group = subscription
                    .group(id.group(2))
                    .orElseGet(() -> new ResourceGroup(subscription, id.group(2), location));
            if (group.find(Plain.class, registryId).isPresent()) {
                return;
            }
            subscription.put(group);
            var document = Json.object()
                    .put("id", registryId)
                    .put("name", id.group(3))
                    .put("type", TYPES.getFirst().full())
                    .put("location", location);
            TYPES.getFirst().fill().properties(document.putObject("properties"), id.group(3), registryId, subscription);
            group.add(new Plain(registryId, document));
        });
    }

    private Reply put(Call call, Type type) {
        String name = call.variable("name");
        String location = regions.require(call.json().path("location").asText(""), type.full());
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.openGroup(call.variable("rg"));
            String id = id(call, type);
            boolean existed = group.find(Plain.class, id).isPresent();
            var document = Json.object()
                    .put("id", id)
                    .put("name", name)
                    .put("type", type.full())
                    .put("location", location);
            Json.overlay(document, call.json());
            document.put("location", location);
            if (!(document.get("properties") instanceof ObjectNode)) {
                document.putObject("properties");
            }
            type.fill().properties((ObjectNode) document.get("properties"), name, id, subscription);
            if (!existed) {
                subscription.principalCreated(objectIdOf(id));
            }
            group.add(new Plain(id, document));
            Reply reply = Reply.of(existed ? 200 : 201, document.deepCopy());
            return existed ? reply : reply.with("Location", id);
        });
    }

    private Reply get(Call call, Type type) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.existingGroup(call.variable("rg"));
            return group.find(Plain.class, id(call, type))
                    .map(found -> Reply.of(200, found.document().deepCopy()))
                    .orElseThrow(() -> notFound(type.full() + "/" + call.variable("name"), group.name()));
        });
    }

    private Reply list(Call call, Type type) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            var body = Json.object();
            var values = body.putArray("value");
            subscription.existingGroup(call.variable("rg")).all(Plain.class).stream()
                    .filter(plain -> plain.document().path("type").asText().equals(type.full()))
                    .forEach(plain -> values.add(plain.document().deepCopy()));
            return Reply.of(200, body);
        });
    }

    private Reply listAll(Call call, Type type) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            var body = Json.object();
            var values = body.putArray("value");
            subscription.groups().stream()
                    .flatMap(group -> group.all(Plain.class).stream())
                    .filter(plain -> plain.document().path("type").asText().equals(type.full()))
                    .forEach(plain -> values.add(plain.document().deepCopy()));
            return Reply.of(200, body);
        });
    }

    private Reply delete(Call call, Type type) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.existingGroup(call.variable("rg"));
            var found = group.find(Plain.class, id(call, type));
            found.ifPresent(resource -> {
                below(group, resource.id()).forEach(group::remove);
                group.remove(resource);
            });
            return Reply.empty(found.isPresent() ? 200 : 204);
        });
    }

    private static String id(Call call, Type type) {
        return "/subscriptions/" + call.variable("sub") + "/resourceGroups/" + call.variable("rg") + "/providers/"
                + type.full() + "/" + call.variable("name");
    }

    /** The gateway's answer for any resource that is not there. */
    public static Refusal notFound(String typeAndName, String group) {
        return ArmError.gateway(
                404,
                "ResourceNotFound",
                "The Resource '" + typeAndName + "' under resource group '" + group
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }
}
