package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.entra.Audiences;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.entra.Tokens;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.time.Timeline;

/** Finds out who calls: checks the bearer token, and tells whoever has none where to get one. */
public final class BearerCheck {
    private final Tokens tokens;
    private final Audiences audiences;
    private final Timeline timeline;

    public BearerCheck(Tokens tokens, Audiences audiences, Timeline timeline) {
        this.tokens = tokens;
        this.audiences = audiences;
        this.timeline = timeline;
    }

    /**
     * The caller.
     *
     * @param tenant of the subscription that is called, "common" where there is none: named in the refusal
     * @throws Refusal 401 with a challenge
     */
    Principal require(Call call, String tenant) {
        String header = call.header("authorization").orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw refused(
                    call,
                    tenant,
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing.");
        }
        Tokens.Bearer bearer = tokens.check(header.substring(7).strip(), timeline.now())
                .orElseThrow(() -> refused(
                        call, tenant, "InvalidAuthenticationToken", "The access token is invalid or has expired."));
        if (!audiences.isResourceManager(bearer.audience())) {
            throw refused(
                    call,
                    tenant,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + bearer.audience()
                            + "'. It should exactly match with one of the allowed audiences"
                            + " 'https://management.core.windows.net/','https://management.core.windows.net',"
                            + "'https://management.azure.com/','https://management.azure.com'.");
        }
        return bearer.principal();
    }

    /** The tenant of a caller that was found; empty for others. */
    String tenantOf(String applicationId) {
        return tokens.tenantOf(applicationId);
    }

    /** For a token of another tenant than the subscription's. */
    static Refusal wrongTenant(Call call, String tenant) {
        return refused(
                call,
                tenant,
                "InvalidAuthenticationTokenTenant",
                "The access token is from the wrong issuer. It must match the tenant '" + tenant
                        + "' associated with this subscription.");
    }

    private static Refusal refused(Call call, String tenant, String code, String message) {
        Refusal refusal = ArmError.gateway(401, code, message);
        String challenge = "Bearer authorization_uri=\"" + call.base() + "/" + tenant
                + "\", error=\"invalid_token\", error_description=\"" + message + "\"";
        return new Refusal(message, refusal.reply().with("WWW-Authenticate", challenge));
    }
}
