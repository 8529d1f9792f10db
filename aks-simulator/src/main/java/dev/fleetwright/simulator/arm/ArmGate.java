package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Gate;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the gateway checks before any provider sees a call: token, subscription, rights, version, budget, body. */
public final class ArmGate implements Gate {
    private static final Pattern VERSION = Pattern.compile("(20\\d\\d-[01]\\d-[0-3]\\d)(-\\w+)?");
    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/]+)(/.*)?");
    private static final Pattern PROVIDER = Pattern.compile("(?i).*/providers/([^/]+)/.*");
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Oldest version still served, by lower-case provider. Newer ones than anybody knows are accepted. */
    private static final Map<String, String> OLDEST = Map.of(
            "microsoft.containerservice", "2018-03-31",
            "microsoft.authorization", "2014-10-01",
            "microsoft.containerregistry", "2017-03-01",
            "microsoft.managedidentity", "2015-08-31");

    private final BearerCheck bearers;
    private final Subscriptions subscriptions;
    private final Rights rights;
    private final Budgets budgets;

    public ArmGate(BearerCheck bearers, Subscriptions subscriptions, Rights rights, Budgets budgets) {
        this.bearers = bearers;
        this.subscriptions = subscriptions;
        this.rights = rights;
        this.budgets = budgets;
    }

    @Override
    public Call admit(Call call, Route route) {
        Matcher path = SUBSCRIPTION.matcher(call.path());
        String subscriptionId = path.matches() ? path.group(1).toLowerCase(Locale.ROOT) : "";
        Principal principal = bearers.require(
                call,
                subscriptions.find(subscriptionId).map(Subscription::tenantId).orElse("common"));
        requireVersion(call);
        if (!subscriptionId.isEmpty()) {
            authorize(call, subscriptionId, principal);
        }
        budgets.spend(
                call,
                route,
                new Budgets.Payer(
                        principal.tenantId(), subscriptionId, subscriptions.region(call.path()), principal.clientId()));
        Call parsed = call.parsed(ArmError.gateway(
                400,
                "InvalidRequestContent",
                "The request content was invalid and could not be deserialized: it is not JSON."));
        return parsed.withCaller(principal.clientId());
    }

    @Override
    public Reply depart(Call call, Route route, Reply reply) {
        Matcher path = SUBSCRIPTION.matcher(call.path());
        String subscriptionId = path.matches() ? path.group(1).toLowerCase(Locale.ROOT) : "";
        Reply departing = reply;
        var payer = new Budgets.Payer(bearers.tenantOf(call.caller()), subscriptionId, "", call.caller());
        for (var header : budgets.remaining(call.method(), payer).entrySet()) {
            departing = departing.with(header.getKey(), header.getValue());
        }
        return departing;
    }

    private void authorize(Call call, String subscriptionId, Principal principal) {
        if (!GUID.matcher(subscriptionId).matches()) {
            throw ArmError.gateway(
                    400,
                    "InvalidSubscriptionId",
                    "The provided subscription identifier '" + subscriptionId + "' is malformed or invalid.");
        }
        Subscription subscription =
                subscriptions.find(subscriptionId).orElseThrow(() -> Subscriptions.unknown(subscriptionId));
        if (!subscription.tenantId().equals(principal.tenantId())) {
            throw BearerCheck.wrongTenant(call, subscription.tenantId());
        }
        if (!rights.allow(principal, subscription, call)) {
            throw ArmError.gateway(
                    403,
                    "AuthorizationFailed",
                    "The client '" + principal.clientId() + "' with object id '" + principal.objectId()
                            + "' does not have authorization to perform action '" + Rights.action(call)
                            + "' over scope '" + call.path()
                            + "' or the scope is invalid. If access was recently granted, please refresh your"
                            + " credentials.");
        }
    }

    private static void requireVersion(Call call) {
        String version = call.apiVersion();
        if (version.isEmpty()) {
            throw ArmError.gateway(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw ArmError.gateway(400, "InvalidApiVersionParameter", "The api-version '" + version + "' is invalid.");
        }
        Matcher provider = PROVIDER.matcher(call.path());
        if (provider.matches()) {
            String name = provider.group(1);
            String oldest = OLDEST.getOrDefault(name.toLowerCase(Locale.ROOT), "");
            // operation URLs carry a version of the provider's choice
            boolean pollingUrl = call.path().contains("/operation");
            if (!pollingUrl && matcher.group(1).compareTo(oldest) < 0) {
                throw ArmError.gateway(
                        400,
                        "NoRegisteredProviderFound",
                        "No registered resource provider found for namespace '" + name + "' and API version '" + version
                                + "'. The oldest supported api-version is '" + oldest + "'.");
            }
        }
    }
}
