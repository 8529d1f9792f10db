package dev.fleetwright.simulator.http.server;

import dev.fleetwright.simulator.http.Delivery;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Service;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from its first byte to its last.
 *
 * <p>The first byte tells TLS from plain HTTP. A plain connection that asks for CONNECT to one of our names goes on as a
 * TLS connection to that name: so the server is its own proxy target.
 */
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int TLS_HANDSHAKE = 0x16;

    /** Clients drop idle connections after 30 s to 4 min: whoever closes first must not be this side. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Socket socket;
    private final Server server;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean busy;

    /** What all connections of a server share. */
    record Server(
            SSLContext tls, Service service, Predicate<String> ownName, InstantSource clock, BooleanSupplier closing) {}

    Connection(Socket socket, Server server) {
        this.socket = socket;
        this.server = server;
    }

    boolean busy() {
        return busy;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) IDLE.toMillis());
            var in = new BufferedInputStream(socket.getInputStream());
            if (startsTls(in)) {
                secured(in);
            } else {
                plain(in);
            }
        } catch (IOException e) {
            LOG.debug("a client went away", e);
        } finally {
            done.complete(null);
        }
    }

    /** Ends it wherever it stands. */
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
    }

    private static boolean startsTls(BufferedInputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == TLS_HANDSHAKE;
    }

    private void secured(InputStream in) throws IOException {
        // What was read already is handed on; more must not be waited for.
        var consumed = new ByteArrayInputStream(in.readNBytes(in.available()));
        try (Socket tls = server.tls().getSocketFactory().createSocket(socket, consumed, true)) {
            serve(new BufferedInputStream(tls.getInputStream()), tls, "https");
        }
    }

    private void plain(BufferedInputStream in) throws IOException {
        serve(in, socket, "http");
    }

    private void serve(BufferedInputStream in, Socket channel, String scheme) throws IOException {
        var reader = new RequestReader(in);
        var writer = new ReplyWriter(channel.getOutputStream(), server.clock());
        try {
            boolean open = true;
            while (open && !server.closing().getAsBoolean()) {
                Optional<Head> head = reader.head();
                if (head.isEmpty()) {
                    return;
                }
                if (head.get().isConnect()) {
                    connect(head.get(), in, writer, scheme);
                    return;
                }
                busy = true;
                open = serve(head.get(), reader, writer, scheme);
                busy = false;
            }
        } catch (Malformed e) {
            writer.write(Reply.of(e.status(), Json.object().put("message", e.getMessage())), null, false);
        }
    }

    /** False when the connection is not to be used any more. */
    private boolean serve(Head head, RequestReader reader, ReplyWriter writer, String scheme)
            throws IOException, Malformed {
        if (head.header("expect").isPresent() && RequestReader.hasBody(head)) {
            if (!head.lists("expect", "100-continue")) {
                throw new Malformed(417, "unknown expectation");
            }
            writer.goOn();
        }
        byte[] body = reader.body(head);
        Delivery delivery = server.service().serve(Requests.call(head, body, scheme, socket.getLocalPort()));
        return switch (delivery) {
            case Delivery.Answer answer -> {
                writer.write(answer.reply(), head, head.keepAlive());
                yield head.keepAlive();
            }
            case Delivery.Silence _ -> false;
            case Delivery.Reset _ -> {
                // a close with unsent data thrown away is a reset
                socket.setSoLinger(true, 0);
                socket.close();
                yield false;
            }
        };
    }

    private void connect(Head head, BufferedInputStream in, ReplyWriter writer, String scheme)
            throws IOException, Malformed {
        String host = head.target().replaceFirst(":\\d+$", "");
        if (scheme.equals("https") || !server.ownName().test(host)) {
            throw new Malformed(
                    403,
                    "this proxy leads to the simulator's own names only, not to " + head.target()
                            + "; name it in NO_PROXY");
        }
        writer.connected();
        if (startsTls(in)) {
            secured(in);
        } else {
            plain(in);
        }
    }
}
