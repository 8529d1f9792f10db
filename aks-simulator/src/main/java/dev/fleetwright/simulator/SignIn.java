package dev.fleetwright.simulator;

import dev.fleetwright.simulator.entra.Applications;
import dev.fleetwright.simulator.entra.Audiences;
import dev.fleetwright.simulator.entra.Entra;
import dev.fleetwright.simulator.entra.IssuerKeys;
import dev.fleetwright.simulator.entra.MachineIdentity;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.entra.Tokens;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.Trust;
import dev.fleetwright.simulator.time.Timeline;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** Entra, put together: who is in the directory, what signs and checks, and the endpoints. */
final class SignIn {
    private final Applications applications;
    private final Tokens tokens;
    private final Audiences audiences;
    private final Entra entra;
    private final MachineIdentity machine;
    private final String identitySecret;

    /**
     * A directory with its endpoints.
     *
     * @param hosts names and addresses of this server
     * @param keys sign the tokens, and the certificates of issuers that are simulated here too
     * @param identities the user-assigned identities that exist at the moment
     */
    SignIn(
            SimulatorOptions options,
            Collection<String> hosts,
            KeptKeys keys,
            Supplier<List<Principal>> identities,
            Timeline timeline) {
        InstantSource clock = timeline::now;
        applications =
                new Applications(options.principals(), options.subscriptions().values(), identities, timeline);
        audiences = new Audiences(hosts);
        tokens = new Tokens(applications, keys.tokens(), options.tokenLifetime());
        var trusted = new ArrayList<>(options.issuerAuthorities());
        trusted.add(keys.authority().certificate());
        var issuers = new IssuerKeys(
                options.issuerKeys(),
                () -> HttpClient.newBuilder()
                        .sslContext(Trust.systemAnd(trusted))
                        .build(),
                clock);
        entra = new Entra(applications, tokens, keys.tokens(), issuers, audiences, clock);
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        identitySecret = HexFormat.of().formatHex(random);
        machine = new MachineIdentity(applications, tokens, audiences, identitySecret, clock);
    }

    Applications applications() {
        return applications;
    }

    Tokens tokens() {
        return tokens;
    }

    Audiences audiences() {
        return audiences;
    }

    List<Route> entraRoutes() {
        return entra.routes();
    }

    List<Route> machineRoutes() {
        return machine.routes();
    }

    /** What clients of the App Service's endpoint send in {@code X-IDENTITY-HEADER}. */
    String identitySecret() {
        return identitySecret;
    }
}
