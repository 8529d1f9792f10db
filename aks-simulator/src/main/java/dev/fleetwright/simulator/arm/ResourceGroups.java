package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resource groups: synchronous PUT; a DELETE that takes everything inside along and is polled by Location. */
public final class ResourceGroups {
    private static final Pattern NAME = Pattern.compile("[-\\w._()]{0,89}[-\\w_()]");

    /** Resources that belong to another one are not listed with it. */
    private static final Pattern TOP = Pattern.compile("(/[^/]+){8}");

    private static final String DELETE = "delete resource group";
    private static final String GROUP = "/subscriptions/{sub}/resourceGroups/{rg}";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    private final Subscriptions subscriptions;
    private final Regions regions;
    private final Timeline timeline;
    private final Durations durations;

    public ResourceGroups(Subscriptions subscriptions, Regions regions, Timeline timeline, Durations durations) {
        this.subscriptions = subscriptions;
        this.regions = regions;
        this.timeline = timeline;
        this.durations = durations;
    }

    public List<Route> routes() {
        return List.of(
                new Route("PUT", GROUP, "put resource group", "", this::put),
                new Route("GET", GROUP, "get resource group", "", this::get),
                new Route("HEAD", GROUP, "head resource group", "", this::head),
                new Route("DELETE", GROUP, "delete resource group", "", this::delete),
                new Route("GET", "/subscriptions/{sub}/resourceGroups", "list resource groups", "", this::list),
                new Route("GET", GROUP + "/resources", "list resources of group", "", this::resources),
                new Route(
                        "GET",
                        "/subscriptions/{sub}/operationresults/{id}",
                        "resource group result",
                        "",
                        this::result));
    }

    private Reply put(Call call) {
        String name = call.variable("rg");
        if (!NAME.matcher(name).matches()) {
            throw ArmError.gateway(
                    400,
                    "InvalidResourceGroup",
                    "The provided resource group name '" + name
                            + "' is not valid. It may have at most 90 characters and"
                            + " may contain alphanumerics, underscores, parentheses, hyphens and periods, but not a"
                            + " period at the end.");
        }
        String location = regions.require(call.json().path("location").asText(""), "resourceGroups");
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            var existing = subscription.group(name);
            if (existing.isPresent() && !existing.get().location().equals(location)) {
                throw ArmError.gateway(
                        409,
                        "InvalidResourceGroupLocation",
                        "Invalid resource group location '" + location
                                + "'. The Resource group already exists in location '"
                                + existing.get().location() + "'.");
            }
            ResourceGroup group = existing.isPresent()
                    ? subscription.openGroup(name)
                    : new ResourceGroup(subscription, name, location);
            if (call.json().path("tags") instanceof ObjectNode tags) {
                group.tag(tags);
            }
            subscription.put(group);
            return Reply.of(existing.isPresent() ? 200 : 201, group.document());
        });
    }

    private Reply get(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() ->
                Reply.of(200, subscription.existingGroup(call.variable("rg")).document()));
    }

    private Reply head(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(
                () -> Reply.empty(subscription.group(call.variable("rg")).isPresent() ? 204 : 404));
    }

    private Reply list(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            var body = Json.object();
            var values = body.putArray("value");
            subscription.groups().forEach(group -> values.add(group.document()));
            return Reply.of(200, body);
        });
    }

    /** What is in the group, without the details: id, name, type, location and tags. */
    private Reply resources(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            var body = Json.object();
            var values = body.putArray("value");
            subscription.existingGroup(call.variable("rg")).all(GroupMember.class).stream()
                    .filter(member -> TOP.matcher(member.id()).matches())
                    .map(member -> member.document().deepCopy())
                    .forEach(document -> values.add(document.retain("id", "name", "type", "location", "tags")));
            return Reply.of(200, body);
        });
    }

    private Reply delete(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.existingGroup(call.variable("rg"));
            Operation operation = deletions(subscription)
                    .filter(running -> running.subject().equals(group.id()))
                    .findFirst()
                    .orElseGet(() -> {
                        group.markDeleting();
                        Operation begun = subscription.begin(DELETE, group.id(), group.location());
                        work(subscription, group, begun, GroupMember::dispose);
                        return begun;
                    });
            return polling(call, subscription, operation);
        });
    }

    private static Stream<Operation> deletions(Subscription subscription) {
        return subscription.operations().stream()
                .filter(operation -> operation.running() && operation.kind().equals(DELETE));
    }

    private void work(
            Subscription subscription,
            ResourceGroup group,
            Operation operation,
            Function<GroupMember, CompletionStage<Void>> removal) {
        Instant due = operation.step(
                "delete",
                () -> timeline.now().plus(timeline.scaled(durations.sample(Durations.Work.RESOURCE_GROUP_DELETE))));
        var members = group.all(GroupMember.class).stream()
                .map(removal)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new);
        var _ = timeline.until(due)
                .thenCombine(CompletableFuture.allOf(members), (waited, emptied) -> true)
                .whenComplete(
                        (done, failure) -> subscription.locked(() -> settle(subscription, group, operation, failure)));
    }

    /** Takes deletions up again after a restart. */
    public void resume(Subscription subscription) {
        subscription.locked(() -> deletions(subscription)
                .toList()
                .forEach(operation -> subscription.groups().stream()
                        .filter(group -> group.id().equals(operation.subject()))
                        .forEach(group -> work(subscription, group, operation, GroupMember::disposed))));
    }

    private void settle(
            Subscription subscription, ResourceGroup group, Operation operation, @Nullable Throwable failure) {
        if (!operation.running()) {
            return;
        }
        List<String> left = group.all(GroupMember.class).stream()
                .filter(GroupMember::resists)
                .map(GroupMember::id)
                .toList();
        if (failure == null && left.isEmpty()) {
            subscription.remove(group);
            subscription.removeRoleAssignmentsBelow(operation.subject());
            operation.succeed(timeline.now());
        } else {
            group.markKept();
            operation.fail(blocked(group, left, failure), timeline.now());
        }
    }

    /** In the words of the resource manager, which gives up on the group but not on what has gone already (reported). */
    private static ArmError blocked(ResourceGroup group, List<String> left, @Nullable Throwable failure) {
        String what = failure == null ? "'" + String.join(",", left) + "'" : String.valueOf(failure);
        return new ArmError(
                "ResourceGroupDeletionBlocked",
                "Deletion of resource group '" + group.name()
                        + "' did not finish within the allowed time as resources with identifiers " + what
                        + " could not be deleted. The provisioning state of the resource group will be rolled back.");
    }

    /** Each poll that finds it running carries a fresh Location (recorded). */
    private Reply result(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            Operation operation = subscription
                    .operation(call.variable("id"))
                    .orElseThrow(() -> ArmError.gateway(
                            404, "OperationNotFound", "The operation '" + call.variable("id") + "' was not found."));
            if (operation.running()) {
                return polling(call, subscription, operation);
            }
            return operation.error().map(error -> error.wrapped(409)).orElseGet(() -> Reply.empty(200));
        });
    }

    private Reply polling(Call call, Subscription subscription, Operation operation) {
        long seconds = Math.max(1, timeline.scaled(RETRY_AFTER).toSeconds());
        return Reply.empty(202)
                .with(
                        "Location",
                        call.base() + "/subscriptions/" + subscription.id() + "/operationresults/" + operation.id()
                                + "?api-version=" + call.apiVersion() + "&t="
                                + timeline.now().toEpochMilli())
                .with("Retry-After", Long.toString(seconds));
    }
}
