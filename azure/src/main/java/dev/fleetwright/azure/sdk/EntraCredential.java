package dev.fleetwright.azure.sdk;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** A credential of the SDK whose failures are ours: no token means either that we may not, or that Entra is away. */
final class EntraCredential implements TokenCredential {
    private final TokenCredential credential;

    private EntraCredential(TokenCredential credential) {
        this.credential = credential;
    }

    /** @throws FleetException {@code ERR_CONFIGURATION_PROBLEM} when the SDK refuses a tenant or client id as malformed */
    static EntraCredential of(AzureCredential credential, AzureSettings settings, HttpClient http) {
        try {
            return new EntraCredential(build(credential, settings, http));
        } catch (IllegalArgumentException e) {
            throw FleetException.of(
                    ErrorCode.CONFIGURATION_PROBLEM, "the identity cannot be used: " + e.getMessage(), e);
        }
    }

    private static TokenCredential build(AzureCredential credential, AzureSettings settings, HttpClient http) {
        return switch (credential) {
            case AzureCredential.ClientSecret c ->
                application(new ClientSecretCredentialBuilder(), c.tenantID(), c.clientID(), settings, http)
                        .clientSecret(c.secret().value())
                        .build();
            case AzureCredential.ClientCertificate c ->
                application(new ClientCertificateCredentialBuilder(), c.tenantID(), c.clientID(), settings, http)
                        .pemCertificate(new ByteArrayInputStream(c.pem().value().getBytes(StandardCharsets.UTF_8)))
                        .build();
            case AzureCredential.WorkloadIdentity c ->
                application(new WorkloadIdentityCredentialBuilder(), c.tenantID(), c.clientID(), settings, http)
                        .tokenFilePath(c.tokenFile().toString())
                        .build();
            case AzureCredential.UserAssignedIdentity c ->
                once(new ManagedIdentityCredentialBuilder(), http)
                        .clientId(c.clientID())
                        .build();
        };
    }

    private static <B extends AadCredentialBuilderBase<B>> B application(
            B builder, String tenantID, String clientID, AzureSettings settings, HttpClient http) {
        return once(builder, http)
                .authorityHost(settings.authorityHost().toString())
                .tenantId(tenantID)
                .clientId(clientID)
                // Discovery asks the public cloud which authorities exist; ours is configured.
                .disableInstanceDiscovery();
    }

    /** Without the SDK's own repeats, which sleep in the calling thread. */
    private static <B extends CredentialBuilderBase<B>> B once(B builder, HttpClient http) {
        return builder.httpClient(http).retryPolicy(new RetryPolicy(new FixedDelay(0, Duration.ZERO)));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            return credential.getTokenSync(request);
        } catch (RuntimeException e) {
            throw withoutToken(e);
        }
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return credential.getToken(request).onErrorMap(EntraCredential::withoutToken);
    }

    private static FleetException withoutToken(Throwable e) {
        boolean unanswered = Causes.has(e, IOException.class) || Causes.has(e, TimeoutException.class);
        if (unanswered && !Causes.has(e, NoSuchFileException.class)) {
            return FleetException.of(ErrorCode.TRANSIENT, "no answer from Entra: " + Causes.root(e), e);
        }
        // Not as the cause: the SDK's exceptions may carry what was sent.
        return FleetException.of(ErrorCode.UNAUTHENTICATED, "Entra gave no token: " + EntraMessage.stable(e));
    }
}
