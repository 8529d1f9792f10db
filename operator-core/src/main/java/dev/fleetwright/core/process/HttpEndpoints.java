package dev.fleetwright.core.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Serves /healthz, /readyz and /metrics. */
final class HttpEndpoints implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HttpEndpoints(InetSocketAddress address, Health health, PrometheusMeterRegistry metrics) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + " (FLEETWRIGHT_HTTP_ADDRESS)", e);
        }
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> judge(exchange, health::deadly));
        server.createContext("/readyz", exchange -> judge(exchange, health::notReady));
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void judge(HttpExchange exchange, Supplier<Map<String, String>> problems) throws IOException {
        var found = problems.get();
        var text = found.isEmpty()
                ? "ok\n"
                : found.entrySet().stream()
                        .map(problem -> problem.getKey() + ": " + problem.getValue() + "\n")
                        .collect(Collectors.joining());
        answer(exchange, found.isEmpty() ? OK : UNAVAILABLE, "text/plain; charset=utf-8", text);
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
