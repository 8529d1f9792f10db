package dev.fleetwright.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for API servers. They are drawn from below the range that Linux (32768) and macOS (49152) use for outgoing
 * connections: a port of that range could be lost to some client while its API server is down for a restart, even to a
 * client that keeps knocking at that very port and in the end connects to itself.
 */
final class Ports {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** A port that was free a moment ago; someone may take it before it is used, so be ready to draw again. */
    static int free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    /** The preferred port if it is free. */
    static int free(int preferred) {
        return preferred > 0 && isFree(preferred) ? preferred : free();
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
