package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.entra.Tokens;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Gate;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.SimulatorServer;
import dev.fleetwright.simulator.time.Timeline;
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

    private static final Map<String, String> ACTIONS = Map.of(
            "GET", "read", "HEAD", "read", "PUT", "write", "PATCH", "write", "DELETE", "delete", "POST", "action");

    private final Tokens tokens;
    private final Subscriptions subscriptions;
    private final Timeline timeline;
    private final Budgets budgets;

    public ArmGate(Tokens tokens, Subscriptions subscriptions, Timeline timeline, Budgets budgets) {
        this.tokens = tokens;
        this.subscriptions = subscriptions;
        this.timeline = timeline;
        this.budgets = budgets;
    }

    @Override
    public Call admit(Call call, Route route) {
        Matcher path = SUBSCRIPTION.matcher(call.path());
        String subscriptionId = path.matches() ? path.group(1).toLowerCase(Locale.ROOT) : "";
        Principal principal = authenticate(call, subscriptionId);
        requireVersion(call);
        if (!subscriptionId.isEmpty()) {
            authorize(call, subscriptionId, principal);
        }
        budgets.spend(call, route, subscriptionId, principal.clientId());
        Call parsed = SimulatorServer.parsed(
                call,
                ArmError.gateway(
                        400,
                        "InvalidRequestContent",
                        "The request content was invalid and could not be deserialized: it is not JSON."));
        return parsed.withCaller(principal.clientId());
    }

    @Override
    public Reply depart(Call call, Route route, Reply reply) {
        Matcher path = SUBSCRIPTION.matcher(call.path());
        if (!path.matches()) {
            return reply;
        }
        String kind = Budgets.kind(call.method());
        String left = Integer.toString(
                budgets.remaining(call.method(), path.group(1).toLowerCase(Locale.ROOT), call.caller()));
        return reply.with("x-ms-ratelimit-remaining-subscription-" + kind, left)
                .with("x-ms-ratelimit-remaining-subscription-global-" + kind, left);
    }

    private Principal authenticate(Call call, String subscriptionId) {
        String header = call.header("authorization").orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw unauthenticated(
                    call,
                    subscriptionId,
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing.");
        }
        return tokens.check(header.substring(7).trim(), timeline.now())
                .orElseThrow(() -> unauthenticated(
                        call,
                        subscriptionId,
                        "InvalidAuthenticationToken",
                        "The access token is invalid or has expired."));
    }

    private Refusal unauthenticated(Call call, String subscriptionId, String code, String message) {
        String tenant =
                subscriptions.find(subscriptionId).map(Subscription::tenantId).orElse("common");
        Refusal refusal = ArmError.gateway(401, code, message);
        return new Refusal(
                message,
                refusal.reply()
                        .with(
                                "WWW-Authenticate",
                                "Bearer authorization_uri=\"" + call.base() + "/" + tenant
                                        + "\", error=\"invalid_token\", error_description=\"" + message + "\""));
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
            String message = "The access token is from the wrong issuer. It must match the tenant '"
                    + subscription.tenantId() + "' associated with this subscription.";
            throw unauthenticated(call, subscriptionId, "InvalidAuthenticationTokenTenant", message);
        }
        if (!principal.mayUse(subscriptionId)) {
            throw ArmError.gateway(
                    403,
                    "AuthorizationFailed",
                    "The client '" + principal.clientId() + "' with object id '" + principal.objectId()
                            + "' does not have authorization to perform action '" + ACTIONS.get(call.method())
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
