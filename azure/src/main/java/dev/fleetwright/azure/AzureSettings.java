package dev.fleetwright.azure;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Azure is and how to speak to it.
 *
 * @param resourceManager the ARM endpoint, https, without a path
 * @param authorityHost the Entra endpoint, https
 * @param caBundle PEM certificates to trust <b>instead of</b> the system's
 * @param userAgent sent with every call, such as {@code fleetwright-controllers/0.1.0}
 * @param timeScale how many times faster than real Azure the other side runs; 1 for real Azure. Refills of the throttle
 *     budgets are multiplied by it
 */
public record AzureSettings(
        URI resourceManager, URI authorityHost, Optional<Path> caBundle, String userAgent, double timeScale) {
    private static final URI PUBLIC_RESOURCE_MANAGER = URI.create("https://management.azure.com");
    private static final URI PUBLIC_AUTHORITY = URI.create("https://login.microsoftonline.com");

    public AzureSettings {
        requireHttps("AZURE_RESOURCE_MANAGER_ENDPOINT", resourceManager);
        requireHttps("AZURE_AUTHORITY_HOST", authorityHost);
        if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
            throw new IllegalArgumentException("FLEETWRIGHT_TIME_SCALE must be above 0, not " + timeScale);
        }
    }

    /**
     * From {@code AZURE_RESOURCE_MANAGER_ENDPOINT}, {@code AZURE_AUTHORITY_HOST}, {@code AZURE_CA_BUNDLE} and
     * {@code FLEETWRIGHT_TIME_SCALE}; unset or empty means the public cloud, the system's trust, real time.
     *
     * @throws IllegalArgumentException when a value cannot be used; the message names the variable
     */
    public static AzureSettings fromEnvironment(Map<String, String> environment, String userAgent) {
        return new AzureSettings(
                uri(environment, "AZURE_RESOURCE_MANAGER_ENDPOINT").orElse(PUBLIC_RESOURCE_MANAGER),
                uri(environment, "AZURE_AUTHORITY_HOST").orElse(PUBLIC_AUTHORITY),
                value(environment, "AZURE_CA_BUNDLE").map(Path::of),
                userAgent,
                value(environment, "FLEETWRIGHT_TIME_SCALE")
                        .map(AzureSettings::number)
                        .orElse(1.0));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    private static Optional<URI> uri(Map<String, String> environment, String name) {
        return value(environment, name).map(text -> {
            String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            try {
                return URI.create(trimmed);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + " is not a URL: " + text, e);
            }
        });
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("FLEETWRIGHT_TIME_SCALE is not a number: " + text, e);
        }
    }

    private static void requireHttps(String name, URI uri) {
        // The SDK refuses to send tokens over plain http, with a message nobody understands: say it here.
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(name + " must be an https URL, not " + uri);
        }
    }
}
