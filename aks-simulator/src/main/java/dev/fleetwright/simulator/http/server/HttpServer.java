package dev.fleetwright.simulator.http.server;

import dev.fleetwright.simulator.http.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on 127.0.0.1 and serves every connection on a thread of its own.
 *
 * <p>Our own and not the JDK's, because that one rewrites the casing of header names ({@code Azure-asyncoperation}), can
 * neither reset a connection nor answer CONNECT, and because one port here takes TLS and plain HTTP. HTTP/2 is not
 * offered; clients that could use it fall back.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;
    private static final long PATIENCE_MS = 1000;

    private final ServerSocket listener;
    private final Connection.Server shared;
    private final ExecutorService threads;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /**
     * Takes the port; {@link #start} begins to serve.
     *
     * @param names the host names and addresses of the certificate: what CONNECT may lead to
     * @param threads one for every connection and one to accept them; virtual threads are meant
     */
    public HttpServer(
            int port,
            SSLContext tls,
            Collection<String> names,
            Service service,
            InstantSource clock,
            ExecutorService threads)
            throws IOException {
        Set<String> own = names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.threads = threads;
        this.listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        this.shared = new Connection.Server(
                tls, service, host -> own.contains(host.toLowerCase(Locale.ROOT)), clock, listener::isClosed);
    }

    public void start() {
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("a connection could not be accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        var connection = new Connection(socket, shared);
        connections.add(connection);
        var _ = connection.done().thenRun(() -> connections.remove(connection));
        try {
            threads.execute(connection);
        } catch (RejectedExecutionException e) {
            connections.remove(connection);
            socket.close();
        }
    }

    /** Takes no more connections, lets requests in flight have a second, then ends the rest. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
        connections.stream().filter(connection -> !connection.busy()).forEach(Connection::abort);
        CompletableFuture<Void> all = CompletableFuture.allOf(
                connections.stream().map(Connection::done).toArray(CompletableFuture<?>[]::new));
        all.completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS).join();
        connections.forEach(Connection::abort);
    }
}
