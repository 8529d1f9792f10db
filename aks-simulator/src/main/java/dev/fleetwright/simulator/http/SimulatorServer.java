package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fleetwright.simulator.time.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTPS on loopback: finds the site and the row for a request, applies faults, serves, writes the log. */
public final class SimulatorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);

    private final HttpsServer server;
    private final List<Site> sites;
    private final Timeline timeline;
    private final RequestLog log;
    private final Faults faults;

    /** Tries the sites in order: the first whose prefix the path has serves it, so the last should have prefix "/". */
    public SimulatorServer(
            int port,
            SSLContext tls,
            List<Site> sites,
            Timeline timeline,
            RequestLog log,
            Faults faults,
            ExecutorService threads)
            throws IOException {
        // Header and body are two writes: without this each keep-alive reply waits for a delayed acknowledgement.
        defaultProperty("sun.net.httpserver.nodelay", "true");
        // Clients drop idle connections after 30 s as well: whoever closes first must not be this side.
        defaultProperty("sun.net.httpserver.idleInterval", "300");
        defaultProperty("sun.net.httpserver.maxIdleConnections", "2000");
        this.sites = List.copyOf(sites);
        this.timeline = timeline;
        this.log = log;
        this.faults = faults;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::receive);
    }

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        var fault = faults.take(exchange.getRequestMethod(), path);
        Duration latency = fault.map(Faults.Rule::latency).orElse(Duration.ZERO);
        CompletableFuture<Void> due = latency.isZero()
                ? CompletableFuture.completedFuture(null)
                : timeline.after(timeline.azureTime(latency));
        var _ = due.thenRun(() -> serve(exchange, path, body, fault.orElse(null)));
    }

    private void serve(HttpExchange exchange, String path, String body, Faults.@Nullable Rule fault) {
        long started = System.nanoTime();
        var time = timeline.now();
        String requestId = UUID.randomUUID().toString();
        String query = exchange.getRequestURI().getRawQuery() == null
                ? ""
                : exchange.getRequestURI().getRawQuery();
        var served = new Served("-", "unrouted", Reply.empty(500));
        boolean lost = fault != null && fault.loseReply() && fault.status() == 0;
        try (exchange) {
            Call call =
                    Call.of(exchange.getRequestMethod(), base(exchange), path, query(query), headers(exchange), body);
            served = answer(call, fault);
            // The log is written before the reply leaves, so that whoever has the reply also finds the entry.
            log.add(new RequestLog.Entry(
                    time,
                    served.caller(),
                    exchange.getRequestMethod(),
                    path,
                    query,
                    served.operation(),
                    lost ? 0 : served.reply().status(),
                    Duration.ofNanos(System.nanoTime() - started),
                    requestId));
            if (!lost) {
                send(exchange, served.reply(), requestId);
            }
        } catch (IOException e) {
            LOG.debug("client of {} {} went away", exchange.getRequestMethod(), path, e);
        }
    }

    private record Served(String caller, String operation, Reply reply) {}

    private Served answer(Call call, Faults.@Nullable Rule fault) {
        Site site = sites.stream()
                .filter(s -> call.path().toLowerCase(Locale.ROOT).startsWith(s.pathPrefix()))
                .findFirst()
                .orElseThrow();
        var match = site.find(call.method(), call.path());
        Route route = match.map(Site.Match::route)
                .orElseGet(() -> new Route(call.method(), call.path(), "unrouted", "", site.unknown()));
        String caller = call.caller();
        try {
            Call admitted = site.gate()
                    .admit(call.withVariables(match.map(Site.Match::variables).orElse(Map.of())), route);
            caller = admitted.caller();
            Optional<Reply> instead = Optional.ofNullable(fault).flatMap(Faults.Rule::answer);
            boolean afterTheEffect = fault != null && fault.loseReply();
            if (instead.isPresent() && !afterTheEffect) {
                return new Served(caller, route.operation(), instead.get());
            }
            Reply reply = route.handler().handle(admitted);
            return new Served(
                    caller,
                    route.operation(),
                    instead.orElseGet(() -> site.gate().depart(admitted, route, reply)));
        } catch (Refusal refusal) {
            return new Served(caller, route.operation(), refusal.reply());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", call.method(), call.path(), e);
            var body = Json.object();
            body.putObject("error").put("code", "InternalServerError").put("message", "Simulator defect: " + e);
            return new Served(caller, route.operation(), Reply.of(500, body));
        }
    }

    /** Parses a body that must be JSON or empty. */
    public static Call parsed(Call call, Refusal malformed) {
        if (call.text().isEmpty()) {
            return call;
        }
        try {
            return call.withJson(Json.parse(call.text()));
        } catch (JsonProcessingException e) {
            throw malformed;
        }
    }

    private static void send(HttpExchange exchange, Reply reply, String requestId) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Cache-Control", "no-cache");
        headers.set("Pragma", "no-cache");
        headers.set("Expires", "-1");
        headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("x-ms-request-id", requestId);
        String correlation = exchange.getRequestHeaders().getFirst("x-ms-correlation-request-id");
        headers.set("x-ms-correlation-request-id", correlation == null ? requestId : correlation);
        headers.set("x-ms-routing-request-id", "SIMULATOR:" + requestId);
        String clientId = exchange.getRequestHeaders().getFirst("x-ms-client-request-id");
        if (clientId != null) {
            headers.set("x-ms-client-request-id", clientId);
        }
        reply.headers().forEach(headers::set);
        if (reply.body() == null || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        byte[] body = Json.bytes(reply.body());
        headers.set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static String base(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return "https://"
                + (host == null ? "127.0.0.1:" + exchange.getLocalAddress().getPort() : host);
    }

    private static Map<String, List<String>> headers(HttpExchange exchange) {
        var headers = new LinkedHashMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
        return headers;
    }

    /** Also reads form bodies: the grammar is the same. */
    public static Map<String, String> query(String text) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return values;
    }

    /** Stops the threads of a server whose socket is closed already. */
    public static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("requests still running at the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
