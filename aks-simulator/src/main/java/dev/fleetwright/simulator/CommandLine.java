package dev.fleetwright.simulator;

import dev.fleetwright.simulator.SimulatorOptions.Backend;
import dev.fleetwright.simulator.aks.rules.Quotas;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.entra.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          --tenant ID                the tenant of what follows; repeatable
          --subscription ID          a subscription of the tenant before it; repeatable
          --client-id ID             an application of the tenant before it; repeatable
          --client-secret-file FILE  the secret of the application before it
          --registry ARM-ID          a container registry that exists from the start; repeatable
          --host NAME                a further name for the server's certificate; repeatable
          --quota FAMILY=VCPUS       such as standardDSv5Family=64, or total=200; repeatable
          --max-clusters N           managed clusters per subscription and region
          --kubernetes-version V     a version on offer, instead of the built-in list; repeatable
          --state DIR                keep every change there, and continue from it at the next start
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
    private String tenant = "";
    private String clientId = "";

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
        int folder = arguments.indexOf("--folder");
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
                case "--tenant" -> tenant = value(option);
                case "--subscription" -> options = options.withSubscription(value(option), requireTenant(option));
                case "--client-id" -> clientId = value(option);
                case "--client-secret-file" -> options = options.withPrincipal(principal(option));
                case "--registry" -> options = options.withRegistry(value(option));
                case "--host" -> hosts.add(value(option));
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
        return options.withHostNames(hosts).withQuotas(new Quotas(families, total, clusters));
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

    private String requireTenant(String option) throws Unreadable {
        if (tenant.isEmpty()) {
            throw new Unreadable(option + " needs a --tenant before it");
        }
        return tenant;
    }

    private Principal principal(String option) throws Unreadable, IOException {
        if (clientId.isEmpty()) {
            throw new Unreadable(option + " needs a --client-id before it");
        }
        String secret = Files.readString(Path.of(value(option))).trim();
        return Principal.of(requireTenant(option), clientId, secret);
    }
}
