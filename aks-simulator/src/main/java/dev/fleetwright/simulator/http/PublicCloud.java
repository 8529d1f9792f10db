package dev.fleetwright.simulator.http;

import java.util.List;

/** The public cloud's own host names, for clients that know no others. */
public final class PublicCloud {
    /** What a certificate must name, and a proxy must lead to, for such a client to find ARM and Entra here. */
    public static final List<String> NAMES = List.of(
            "management.azure.com",
            "management.core.windows.net",
            "login.microsoftonline.com",
            "login.windows.net",
            "login.microsoft.com",
            "sts.windows.net");

    private PublicCloud() {}
}
