package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** The node images on offer: one per operating system. */
public final class NodeImages {
    /** Images come out weekly; a name holds the Friday of its week. */
    private static final LocalDate FRIDAY = LocalDate.of(2025, 11, 7);

    private static final int DAYS = 7;

    private NodeImages() {}

    public static String sku(String osType) {
        return osType.equals("Windows") ? "Windows2022" : "Ubuntu";
    }

    /** The image that a pool's machines are made of. */
    public static String version(JsonNode properties) {
        String own = properties.path("nodeImageVersion").asText("");
        return own.isEmpty() ? latest(properties, Instant.EPOCH) : own;
    }

    /** The newest image at a time for a pool with these properties. */
    public static String latest(JsonNode properties, Instant now) {
        long days = Duration.between(FRIDAY.atStartOfDay(ZoneOffset.UTC).toInstant(), now)
                .toDays();
        LocalDate friday = FRIDAY.plusDays(Math.max(0, days) / DAYS * DAYS);
        String date = String.format(
                Locale.ROOT, "%d%02d.%02d.0", friday.getYear(), friday.getMonthValue(), friday.getDayOfMonth());
        return switch (properties.path("osSKU").asText()) {
            case "AzureLinux", "AzureLinux3" -> "AKSAzureLinux-V3gen2-" + date;
            case "Windows2022" ->
                "AKSWindows-2022-containerd-20348.4294." + date.substring(2, 6) + date.substring(7, 9);
            default -> "AKSUbuntu-2204gen2containerd-" + date;
        };
    }

    public static String osImage(JsonNode properties) {
        return switch (properties.path("osSKU").asText()) {
            case "AzureLinux" -> "Microsoft Azure Linux 3.0";
            case "Windows2022" -> "Windows Server 2022 Datacenter";
            default -> "Ubuntu 22.04.5 LTS";
        };
    }
}
