package dev.fleetwright.azure.sdk;

/** The API versions we speak: the stable ones whose fields the documents here name. */
final class ApiVersions {
    static final String CONTAINER_SERVICE = "2025-09-01";
    static final String RESOURCE_GROUPS = "2021-04-01";
    static final String ROLE_ASSIGNMENTS = "2022-04-01";

    private ApiVersions() {}
}
