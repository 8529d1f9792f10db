package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.entra.SigningKey;
import dev.fleetwright.simulator.http.CertificateAuthority;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.JournalFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a simulator: made at the first start, and the same again after a restart with a state, so that clients go on
 * with their tokens and their trust.
 */
record KeptKeys(SigningKey tokens, CertificateAuthority authority) {
    private static final String AUTHORITY = "/simulator/authority";
    private static final String TOKENS = "/simulator/tokens";
    private static final String KEY = "key";
    private static final String CERTIFICATE = "certificate";

    static KeptKeys of(Optional<JournalFile.Opened> kept, Instant now, SimulatorOptions options) {
        CertificateAuthority authority = former(kept, AUTHORITY)
                .map(found -> CertificateAuthority.of(
                        found.path(CERTIFICATE).asText(), found.path(KEY).asText(), now))
                .orElseGet(() -> CertificateAuthority.create(now));
        keep(kept, AUTHORITY, Json.object().put(CERTIFICATE, authority.pem()).put(KEY, authority.encodedKey()));
        Optional<SigningKey> given = options.signingKey();
        Optional<SigningKey> known =
                former(kept, TOKENS).map(found -> SigningKey.of(found.path(KEY).asText()));
        SigningKey tokens = given.or(() -> known).orElseGet(() -> SigningKey.onDemand(key -> keepTokens(kept, key)));
        if (given.isPresent() || known.isPresent()) {
            keepTokens(kept, tokens);
        }
        return new KeptKeys(tokens, authority);
    }

    private static Optional<JsonNode> former(Optional<JournalFile.Opened> kept, String path) {
        return kept.map(opened -> opened.state().remove(path)).map(Entry::is);
    }

    private static void keepTokens(Optional<JournalFile.Opened> kept, SigningKey key) {
        keep(kept, TOKENS, Json.object().put(KEY, key.encoded()));
    }

    private static void keep(Optional<JournalFile.Opened> kept, String path, ObjectNode document) {
        kept.ifPresent(opened -> opened.journal().append(List.of(), List.of(new Entry(path, "keys", document))));
    }
}
