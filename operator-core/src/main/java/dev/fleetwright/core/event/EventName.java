package dev.fleetwright.core.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of the one Event for a reason of an object. 128 bits of SHA-256: names that come from 31-bit hashes collide
 * in a fleet of some thousand objects.
 */
record EventName(String value) {

    /** Kubernetes allows 253 characters; dot and hash take 33. */
    private static final int LONGEST_PREFIX = 220;

    static EventName of(String objectName, String objectUid, String type, String reason) {
        var key = String.join("\n", objectUid, type, reason);
        var prefix = objectName.length() <= LONGEST_PREFIX ? objectName : objectName.substring(0, LONGEST_PREFIX);
        return new EventName(prefix + "." + HexFormat.of().formatHex(sha256(key), 0, 16));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
