package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.JsonNode;

/** The node images on offer: one per operating system. */
public final class NodeImages {
    private static final String DATE = "202511.07.0";

    private NodeImages() {}

    public static String sku(String osType) {
        return osType.equals("Windows") ? "Windows2022" : "Ubuntu";
    }

    public static String version(JsonNode properties) {
        return switch (properties.path("osSKU").asText()) {
            case "AzureLinux" -> "AKSAzureLinux-V3gen2-" + DATE;
            case "Windows2022" -> "AKSWindows-2022-containerd-20348.4294.251021";
            default -> "AKSUbuntu-2204gen2containerd-" + DATE;
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
