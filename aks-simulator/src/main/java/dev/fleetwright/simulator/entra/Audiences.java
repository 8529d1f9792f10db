package dev.fleetwright.simulator.entra;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The resources that tokens can be asked for, and which of them are this resource manager. */
public final class Audiences {
    /** Identifiers of the public cloud's resource manager; this server's own addresses come on top. */
    private static final List<String> RESOURCE_MANAGER =
            List.of("https://management.azure.com", "https://management.core.windows.net");

    /** Others that clients of AKS ask tokens for. They are issued; nothing here accepts them. */
    private static final List<String> OTHERS = List.of(
            "https://graph.microsoft.com",
            "https://graph.windows.net",
            "https://vault.azure.net",
            "https://storage.azure.com",
            "https://containerregistry.azure.net",
            // a managed identity's token that another application takes as its credential
            Credential.Federated.AUDIENCE,
            // the server application of AKS clusters with Entra sign-in
            "6dae42f8-4368-4678-94ff-3960e28e3630");

    private final Set<String> ownHosts;

    /** @param ownHosts names and addresses under which this server is reached */
    public Audiences(Collection<String> ownHosts) {
        this.ownHosts =
                ownHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is such a resource in the directory. */
    boolean exists(String resource) {
        return isResourceManager(resource)
                || OTHERS.stream().anyMatch(other -> normal(other).equals(normal(resource)));
    }

    /** Whether a token for this audience is good for ARM. */
    public boolean isResourceManager(String audience) {
        return RESOURCE_MANAGER.contains(normal(audience)) || isOwn(audience, Pattern.compile("/*"));
    }

    /** Whether an assertion for this audience is meant for the sign-in of the tenant: its token endpoint or its issuer. */
    boolean isSignIn(String audience, String tenant) {
        return isOwn(
                audience, Pattern.compile("(?i)/" + Pattern.quote(tenant) + "(/v2\\.0|/oauth2/(v2\\.0/)?token)?/?"));
    }

    private boolean isOwn(String text, Pattern path) {
        try {
            var uri = URI.create(text);
            return "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && ownHosts.contains(uri.getHost().toLowerCase(Locale.ROOT))
                    && path.matcher(uri.getPath()).matches();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String normal(String resource) {
        String lower = resource.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
