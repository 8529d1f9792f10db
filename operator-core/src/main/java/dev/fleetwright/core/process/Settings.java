package dev.fleetwright.core.process;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told by its environment, and by nothing else.
 *
 * @param kubeconfig file; empty means the service account of the pod we run in
 * @param namespace our own, where the leader's lease lives
 * @param watchNamespaces empty means all
 * @param httpAddress where health and metrics are served; port 0 picks a free one
 * @param leaderElection whether to compete for the lease; else we act at once
 * @param instance our name in the lease, which no other living process may have: the pod's. A container that comes back
 *     in its pod leads again at once with it, instead of waiting until its own lease expires. Empty means a new name
 * @param resourceManagerEndpoint of Azure, or of a simulator
 * @param authorityHost of Entra, or of a simulator
 * @param azureCaBundle PEM file of further trusted authorities for the two; empty means the system's
 * @param timeScale at least 1; waiting paces are divided by it. Above 1 with a simulator only
 */
public record Settings(
        Optional<Path> kubeconfig,
        String namespace,
        Set<String> watchNamespaces,
        InetSocketAddress httpAddress,
        boolean leaderElection,
        Optional<String> instance,
        URI resourceManagerEndpoint,
        URI authorityHost,
        Optional<Path> azureCaBundle,
        double timeScale) {

    public static Settings fromEnvironment() {
        return from(System.getenv());
    }

    /**
     * Reads the variables that design and chart name.
     *
     * @throws InvalidSettingException when a value cannot be used; the message names the variable and the form
     */
    public static Settings from(Map<String, String> environment) {
        var read = new Reader(environment);
        return new Settings(
                read.text("KUBECONFIG").map(Path::of),
                read.text("FLEETWRIGHT_NAMESPACE").orElse("fleetwright-system"),
                read.list("FLEETWRIGHT_WATCH_NAMESPACES"),
                read.address("FLEETWRIGHT_HTTP_ADDRESS", "0.0.0.0:8080"),
                read.bool("FLEETWRIGHT_LEADER_ELECTION", true),
                read.text("FLEETWRIGHT_INSTANCE"),
                read.uri("AZURE_RESOURCE_MANAGER_ENDPOINT", "https://management.azure.com"),
                read.uri("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com"),
                read.text("AZURE_CA_BUNDLE").map(Path::of),
                read.atLeastOne("FLEETWRIGHT_TIME_SCALE"));
    }

    /** A waiting time under the time scale; at least 50 ms, so that no scale makes a busy loop. */
    public Duration scaled(Duration wait) {
        if (timeScale <= 1) {
            return wait;
        }
        long millis = Math.round(wait.toMillis() / timeScale);
        return Duration.ofMillis(Math.max(50, millis));
    }

    /** A variable of the environment has a value we cannot use. */
    public static final class InvalidSettingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidSettingException(String variable, String value, String form, @Nullable Throwable cause) {
            super("%s is '%s', but must be %s".formatted(variable, value, form), cause);
        }
    }

    private record Reader(Map<String, String> environment) {

        Optional<String> text(String variable) {
            return Optional.ofNullable(environment.get(variable))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        Set<String> list(String variable) {
            return text(variable).stream()
                    .flatMap(value -> Arrays.stream(value.split(",", -1)))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }

        boolean bool(String variable, boolean otherwise) {
            var value = text(variable).orElse(Boolean.toString(otherwise));
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new InvalidSettingException(variable, value, "true or false", null);
            };
        }

        URI uri(String variable, String otherwise) {
            var value = text(variable).orElse(otherwise);
            try {
                var uri = URI.create(value);
                if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(variable, value, "an https URL", e);
            }
            throw new InvalidSettingException(variable, value, "an https URL", null);
        }

        InetSocketAddress address(String variable, String otherwise) {
            var value = text(variable).orElse(otherwise);
            int colon = value.lastIndexOf(':');
            try {
                int port = Integer.parseInt(value.substring(colon + 1));
                if (colon > 0 && port >= 0 && port <= 65535) {
                    return new InetSocketAddress(value.substring(0, colon), port);
                }
            } catch (NumberFormatException e) {
                throw new InvalidSettingException(variable, value, "host:port", e);
            }
            throw new InvalidSettingException(variable, value, "host:port", null);
        }

        double atLeastOne(String variable) {
            var value = text(variable).orElse("1");
            try {
                double number = Double.parseDouble(value);
                if (number >= 1 && Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new InvalidSettingException(variable, value, "a number of at least 1", e);
            }
            throw new InvalidSettingException(variable, value, "a number of at least 1", null);
        }
    }
}
