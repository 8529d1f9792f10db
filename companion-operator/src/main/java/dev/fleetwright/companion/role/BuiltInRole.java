package dev.fleetwright.companion.role;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Roles that can be written by name. Azure's built-in roles have the same GUID in every tenant (Azure RBAC
 * documentation, "Azure built-in roles"); any other role is written by its GUID.
 */
enum BuiltInRole {
    ACR_PULL("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
    ACR_PUSH("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec"),
    CONTRIBUTOR("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c"),
    DNS_ZONE_CONTRIBUTOR("DNS Zone Contributor", "befefa01-2a29-4197-83a8-272ff33ce314"),
    KEY_VAULT_SECRETS_USER("Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6"),
    MANAGED_IDENTITY_OPERATOR("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830"),
    NETWORK_CONTRIBUTOR("Network Contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7"),
    PRIVATE_DNS_ZONE_CONTRIBUTOR("Private DNS Zone Contributor", "b12aa53e-6015-4669-85d0-8515ebb3ae7f"),
    READER("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7"),
    STORAGE_BLOB_DATA_CONTRIBUTOR("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
    STORAGE_BLOB_DATA_READER("Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");

    private final String roleName;
    private final String guid;

    BuiltInRole(String roleName, String guid) {
        this.roleName = roleName;
        this.guid = guid;
    }

    String guid() {
        return guid;
    }

    /** By its name as Azure shows it, in any case. */
    static Optional<BuiltInRole> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.roleName.equalsIgnoreCase(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(role -> role.roleName).toList();
    }
}
