package dev.fleetwright.simulator.entra;

import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import java.time.Instant;
import java.util.UUID;

/**
 * What can be wrong with a sign-in: Entra's numbers, the OAuth code and the text.
 *
 * <p>Source: the published table of AADSTS codes for the numbers below 100000 and 7000215 to 7000222; messages in users'
 * reports for those about assertions and federation.
 */
enum SignInError {
    TENANT_UNKNOWN(
            90002,
            400,
            "invalid_request",
            "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct"
                    + " cloud."),
    PARAMETER_MISSING(900144, 400, "invalid_request", "The request body must contain the following parameter: '%s'."),
    GRANT_UNSUPPORTED(70003, 400, "unsupported_grant_type", "The app requested an unsupported grant type '%s'."),
    APPLICATION_UNKNOWN(
            700016,
            400,
            "unauthorized_client",
            "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application"
                    + " has not been installed by the administrator of the tenant or consented to by any user in the"
                    + " tenant."),
    CREDENTIAL_MISSING(
            7000218,
            401,
            "invalid_client",
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    SECRET_WRONG(
            7000215,
            401,
            "invalid_client",
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
                    + " not the client secret ID, for a secret added to app '%s'."),
    ASSERTION_MALFORMED(50027, 401, "invalid_client", "JWT token is invalid or malformed."),
    ASSERTION_OUT_OF_TIME(
            700024,
            401,
            "invalid_client",
            "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry"
                    + " time of assertion %s."),
    ASSERTION_OF_OTHER_CLIENT(
            700021,
            401,
            "invalid_client",
            "Client assertion application identifier doesn't match 'client_id' parameter."),
    ASSERTION_FOR_OTHERS(700023, 401, "invalid_client", "Client assertion audience claim does not match Realm issuer."),
    SIGNATURE_WRONG(
            700027,
            401,
            "invalid_client",
            "The certificate with identifier used to sign the client assertion is not registered on application."
                    + " [Reason - %s]"),
    CERTIFICATE_EXPIRED(1000502, 401, "invalid_client", "The provided certificate is not within its validity period."),
    ISSUER_UNKNOWN(
            700211,
            401,
            "invalid_client",
            "No matching federated identity record found for presented assertion issuer '%s'. Check your federated"
                    + " identity credential Subject, Audience and Issuer against the presented assertion."),
    AUDIENCE_UNKNOWN(
            700212,
            401,
            "invalid_client",
            "No matching federated identity record found for presented assertion audience '%s'. Check your federated"
                    + " identity credential Subject, Audience and Issuer against the presented assertion."),
    SUBJECT_UNKNOWN(
            700213,
            401,
            "invalid_client",
            "No matching federated identity record found for presented assertion subject '%s'. Check your federated"
                    + " identity credential Subject, Audience and Issuer against the presented assertion."),
    ISSUER_UNREACHABLE(50166, 401, "invalid_client", "Request to External OIDC endpoint failed: %s"),
    SCOPE_INVALID(
            1002012,
            400,
            "invalid_scope",
            "The provided value for scope %s is not valid. Client credential flows must have a scope value with"
                    + " /.default suffixed to the resource identifier (application ID URI)."),
    SCOPE_OF_SEVERAL(
            28000,
            400,
            "invalid_scope",
            "Provided value for the input parameter scope is not valid because it contains more than one resource."),
    RESOURCE_UNKNOWN(
            500011,
            400,
            "invalid_resource",
            "The resource principal named %s was not found in the tenant named %s. This can happen if the application"
                    + " has not been installed by the administrator of the tenant or consented to by any user in the"
                    + " tenant. You might have sent your authentication request to the wrong tenant.");

    private final int number;
    private final int status;
    private final String error;
    private final String text;

    SignInError(int number, int status, String error, String text) {
        this.number = number;
        this.status = status;
        this.error = error;
        this.text = text;
    }

    /** In the shape that client libraries parse. */
    Refusal refusal(Instant now, Object... arguments) {
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        String description = "AADSTS" + number + ": " + text.formatted(arguments) + " Trace ID: " + trace
                + " Correlation ID: " + correlation + " Timestamp: " + now;
        var body = Json.object().put("error", error).put("error_description", description);
        body.putArray("error_codes").add(number);
        body.put("timestamp", now.toString())
                .put("trace_id", trace)
                .put("correlation_id", correlation)
                .put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
        return new Refusal(description, Reply.of(status, body));
    }
}
