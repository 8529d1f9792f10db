package dev.fleetwright.nodepool.plan;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * The names of a pool made for a Nodepool. The same Nodepool and generation always give the same names, so a creation that
 * is repeated after a crash finds what it made.
 *
 * @param agentPool name of the AKS agent pool: lower-case letters and digits, at most 12 on Linux and 6 on Windows
 * @param machinePool name of the MachinePool object
 */
public record PoolName(String agentPool, String machinePool) {
    private static final int LINUX = 12;
    private static final int WINDOWS = 6;
    private static final int LINUX_HASH = 5;
    private static final int WINDOWS_HASH = 4;
    private static final int LONGEST_OBJECT_PREFIX = 200;

    /**
     * The names of one pool.
     *
     * @param nodepool name of the Nodepool
     * @param uid of the Nodepool: a successor of the same name gets other pools
     * @param generation how many pools were made for it, this one included; from 1
     * @param osType Linux or Windows
     */
    public static PoolName of(String nodepool, String uid, long generation, String osType) {
        boolean windows = osType.equalsIgnoreCase("Windows");
        String hash = hash(uid + "/" + generation);
        String suffix = hash.substring(0, windows ? WINDOWS_HASH : LINUX_HASH);
        int room = (windows ? WINDOWS : LINUX) - suffix.length();
        String prefix = letters(nodepool);
        String shortPrefix = prefix.substring(0, Math.min(room, prefix.length()));
        String objectPrefix = nodepool.substring(0, Math.min(LONGEST_OBJECT_PREFIX, nodepool.length()));
        return new PoolName(shortPrefix + suffix, objectPrefix + "-" + hash.substring(0, LINUX_HASH));
    }

    private static String letters(String nodepool) {
        String plain = nodepool.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "p" + plain : plain;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            String base36 = new BigInteger(1, digest).toString(36);
            return "0".repeat(Math.max(0, LINUX_HASH - base36.length()))
                    + base36.substring(base36.length() - LINUX_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
