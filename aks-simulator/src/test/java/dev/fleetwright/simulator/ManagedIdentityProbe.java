package dev.fleetwright.simulator;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/** A program on a machine of Azure: prints the token that the machine's identity gets. */
final class ManagedIdentityProbe {
    private ManagedIdentityProbe() {}

    public static void main(String[] arguments) {
        var request = new TokenRequestContext().addScopes("https://management.azure.com/.default");
        System.out.println(new ManagedIdentityCredentialBuilder()
                .build()
                .getTokenSync(request)
                .getToken());
        System.exit(0);
    }
}
