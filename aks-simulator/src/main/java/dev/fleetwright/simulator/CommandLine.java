package dev.fleetwright.simulator;

import dev.fleetwright.simulator.SimulatorOptions.Backend;
import dev.fleetwright.simulator.aks.rules.Quotas;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.entra.Credential;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.PublicCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the options of a start from the command line. */
final class CommandLine {
    private static final String OPTIONS = """
        aks-simulator: ARM, AKS and Entra on this machine

          --folder DIR               where everything is written (required)
          --port N                   on 127.0.0.1; 0 takes any free one (default 0)
          --time-scale X             Azure seconds per second (default 1; 38 turns 76 s into 2 s)
          --backend none|local       what stands behind managed clusters (default none)
          --tenant ID                the tenant of what follows; repeatable. Without one there are a tenant, a
                                     subscription and an application with a secret, always the same
          --subscription ID          a subscription of the tenant before it; repeatable
          --client-id ID             an application of the tenant before it; repeatable, and so are the next six,
                                     which are about the application before them
          --object-id ID             its object id, instead of one that follows from the client id
          --client-secret-file FILE  it may sign in with this secret
          --client-certificate-file FILE
                                     ... with this certificate (PEM)
          --federated ISSUER SUBJECT ... with the tokens of this issuer for this subject
          --needs-roles              it may do only what roles allow that are assigned to it
          --managed-identity         it is the identity of the machine: tokens are handed out to whoever asks
          --issuer-keys ISSUER FILE  the key set (JSON) of an issuer, which then is not asked for it; repeatable
          --issuer-ca FILE           an authority (PEM) to trust when issuers are asked; repeatable
          --registry ARM-ID          a container registry that exists from the start; repeatable
          --host NAME                a further name for the server's certificate; repeatable
          --public-names             the public cloud's names too: for clients that know no others
          --quota FAMILY=VCPUS       such as standardDSv5Family=64, or total=200; repeatable
          --max-clusters N           managed clusters per subscription and region
          --kubernetes-version V     a version on offer, instead of the built-in list; repeatable
          --state DIR                keep every change there, and continue from it at the next start
          --state-sync               every change is on the disk itself before its reply: it survives a power cut too
          --behaviour NAME=VALUE     a switch of the table below; repeatable
          --seed N                   of every random choice (default 1)
          --no-throttling            leaves the published request limits out
        """;

    /** A command line that cannot be read. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private final List<String> arguments;
    private int next;
    private final Identities identities = new Identities();

    private CommandLine(List<String> arguments) {
        this.arguments = arguments;
    }

    /** Every option and every behaviour with its default. */
    static String usage() {
        var text = new StringBuilder(OPTIONS).append("\nbehaviours (name=default: meaning)\n\n");
        for (Behaviour behaviour : Behaviour.values()) {
            text.append("  ")
                    .append(behaviour.option())
                    .append('=')
                    .append(behaviour.standard())
                    .append(": ")
                    .append(behaviour.meaning())
                    .append('\n');
        }
        return text.toString();
    }

    static SimulatorOptions read(String... arguments) throws Unreadable, IOException {
        return new CommandLine(List.of(arguments)).read();
    }

    private SimulatorOptions read() throws Unreadable, IOException {
        int folder = arguments.lastIndexOf("--folder");
        if (folder < 0 || folder + 1 == arguments.size()) {
            throw new Unreadable("--folder is missing");
        }
        var options = SimulatorOptions.in(Path.of(arguments.get(folder + 1)));
        Map<String, Integer> families = new HashMap<>();
        int total = Integer.MAX_VALUE;
        int clusters = Integer.MAX_VALUE;
        var versions = new ArrayList<String>();
        var hosts = new ArrayList<String>();
        while (next < arguments.size()) {
            String option = arguments.get(next++);
            switch (option) {
                case "--folder" -> value(option);
                case "--port" -> options = options.withPort(number(option));
                case "--time-scale" -> options = options.withTimeScale(decimal(option));
                case "--backend" -> options = options.withBackend(backend(value(option)));
                case "--tenant" -> identities.enter(value(option));
                case "--subscription" ->
                    options = options.withSubscription(value(option), identities.requireTenant(option));
                case "--client-id" -> identities.application(option, value(option));
                case "--object-id" -> {
                    String id = value(option);
                    identities.change(option, application -> application.withObjectId(id));
                }
                case "--client-secret-file" -> {
                    Path file = Path.of(value(option)).toAbsolutePath();
                    var secret = new Credential.Secret(Files.readString(file).strip());
                    identities.change(option, application -> application.with(secret));
                    options = options.withSecretFile(options.secretFile().orElse(file));
                }
                case "--client-certificate-file" -> {
                    String pem = Files.readString(Path.of(value(option)));
                    identities.change(option, application -> application.withCertificate(pem));
                }
                case "--federated" -> {
                    var issuer = value(option);
                    var subject = value(option);
                    identities.change(option, application -> application.withFederation(issuer, subject));
                }
                case "--needs-roles" -> identities.change(option, Principal::needingRoles);
                case "--managed-identity" -> identities.change(option, Principal::asManagedIdentity);
                case "--issuer-keys" -> {
                    String issuer = value(option);
                    options = options.withIssuerKeys(issuer, Json.parse(Files.readString(Path.of(value(option)))));
                }
                case "--issuer-ca" -> options = options.withIssuerAuthority(authority(Path.of(value(option))));
                case "--registry" -> options = options.withRegistry(value(option));
                case "--host" -> hosts.add(value(option));
                case "--public-names" -> hosts.addAll(PublicCloud.NAMES);
                case "--quota" -> {
                    String quota = value(option);
                    int equals = quota.indexOf('=');
                    int vcpus = number(option, quota.substring(equals + 1));
                    if (quota.startsWith("total=")) {
                        total = vcpus;
                    } else {
                        families.put(quota.substring(0, Math.max(0, equals)), vcpus);
                    }
                }
                case "--max-clusters" -> clusters = number(option);
                case "--kubernetes-version" -> versions.add(value(option));
                case "--state" -> options = options.withState(Path.of(value(option)));
                case "--state-sync" -> options = options.withStateSync(true);
                case "--behaviour" ->
                    options = options.withBehaviours(options.behaviours().with(value(option)));
                case "--seed" -> options = options.withSeed(number(option));
                case "--no-throttling" -> options = options.withThrottling(false);
                default -> throw new Unreadable("unknown option " + option);
            }
        }
        if (!versions.isEmpty()) {
            options = options.withVersions(versions);
        }
        options = identities.addTo(options).withHostNames(hosts).withQuotas(new Quotas(families, total, clusters));
        boolean nobody =
                options.subscriptions().isEmpty() && options.principals().isEmpty();
        return nobody ? Identities.forNewcomers(options) : options;
    }

    private String value(String option) throws Unreadable {
        if (next == arguments.size()) {
            throw new Unreadable(option + " needs a value");
        }
        return arguments.get(next++);
    }

    private int number(String option) throws Unreadable {
        return number(option, value(option));
    }

    private static int number(String option, String text) throws Unreadable {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Unreadable(option + " needs a whole number, not '" + text + "'");
        }
    }

    private double decimal(String option) throws Unreadable {
        String text = value(option);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new Unreadable(option + " needs a number, not '" + text + "'");
        }
    }

    private static Backend backend(String text) throws Unreadable {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> Backend.NONE;
            case "local" -> Backend.LOCAL;
            default -> throw new Unreadable("--backend is none or local, not '" + text + "'");
        };
    }

    private static X509Certificate authority(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " is not a certificate: " + e.getMessage(), e);
        }
    }
}
