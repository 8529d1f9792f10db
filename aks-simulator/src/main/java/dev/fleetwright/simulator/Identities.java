package dev.fleetwright.simulator;

import dev.fleetwright.simulator.entra.Credential;
import dev.fleetwright.simulator.entra.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Who may sign in, as a command line tells it: tenants, then their applications, then the credentials of these. */
final class Identities {
    private static final String SECRET_FILE = "client-secret.txt";

    private final Map<String, Principal> applications = new LinkedHashMap<>();
    private String tenant = "";
    private String application = "";

    void enter(String id) {
        tenant = id;
    }

    String requireTenant(String option) throws CommandLine.Unreadable {
        if (tenant.isEmpty()) {
            throw new CommandLine.Unreadable(option + " needs a --tenant before it");
        }
        return tenant;
    }

    void application(String option, String id) throws CommandLine.Unreadable {
        applications.putIfAbsent(id, Principal.of(requireTenant(option), id));
        application = id;
    }

    /** Changes the application that was named last. */
    void change(String option, UnaryOperator<Principal> change) throws CommandLine.Unreadable {
        Principal current = applications.get(application);
        if (current == null) {
            throw new CommandLine.Unreadable(option + " needs a --client-id before it");
        }
        applications.put(application, change.apply(current));
    }

    SimulatorOptions addTo(SimulatorOptions options) {
        SimulatorOptions all = options;
        for (Principal principal : applications.values()) {
            all = all.withPrincipal(principal);
        }
        return all;
    }

    /**
     * For whoever named nobody: one tenant, one subscription and one application, always the same, with a secret that is
     * made at the first start and kept in the folder.
     */
    static SimulatorOptions forNewcomers(SimulatorOptions options) throws IOException {
        String tenant = id("tenant");
        Path file = options.folder().toAbsolutePath().resolve(SECRET_FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(options.folder());
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, mode);
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        var secret = new Credential.Secret(Files.readString(file).strip());
        return options.withSubscription(id("subscription"), tenant)
                .withPrincipal(Principal.of(tenant, id("application")).with(secret))
                .withSecretFile(file);
    }

    private static String id(String what) {
        return UUID.nameUUIDFromBytes(("the simulator's " + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
