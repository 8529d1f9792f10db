package dev.fleetwright.azure.sdk;

import java.util.Locale;

/**
 * What a 404 says. Absence is believed only when Azure's own words are about the very thing that was asked for; a 404 of a
 * proxy, or one about an unknown subscription or type, says nothing about it.
 */
enum Absence {
    /** The thing itself does not exist. */
    THIS,
    /** What it would stand in does not exist. */
    PARENT,
    /** No answer about it. */
    UNKNOWN;

    static Absence of(ArmReply reply) {
        if (reply.status() != 404) {
            return UNKNOWN;
        }
        String wrapped = reply.body().at("/error/code").asText("");
        String code = wrapped.isEmpty() ? reply.body().path("code").asText("") : wrapped;
        return switch (code.toLowerCase(Locale.ROOT)) {
            // A missing pool of an existing cluster comes unwrapped from AKS as NotFound, not from the gateway.
            case "resourcenotfound", "notfound", "roleassignmentnotfound" -> THIS;
            case "parentresourcenotfound", "resourcegroupnotfound" -> PARENT;
            default -> UNKNOWN;
        };
    }
}
