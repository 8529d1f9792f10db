package dev.fleetwright.simulator.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.CertificateAuthority;
import dev.fleetwright.simulator.http.Delivery;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final List<String> NAMES = List.of("127.0.0.1", "management.azure.com");

    private static SSLContext tls;
    private static SSLContext client;
    private ExecutorService threads;
    private HttpServer server;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeAll
    static void makeCertificates() {
        var authority = CertificateAuthority.create(Instant.now());
        tls = authority.serverContext(NAMES);
        client = Trust.systemAnd(List.of(authority.certificate()));
    }

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = new HttpServer(0, tls, NAMES, this::serve, InstantSource.system(), threads);
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
        threads.shutdownNow();
    }

    private Delivery serve(Call call) {
        return switch (call.path()) {
            case "/reset" -> new Delivery.Reset();
            case "/silence" -> new Delivery.Silence();
            case "/empty" -> new Delivery.Answer(Reply.empty(202).with("Azure-AsyncOperation", "https://x/y"));
            case "/nothing" -> new Delivery.Answer(Reply.empty(204));
            case "/slow" -> {
                arrived.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield new Delivery.Answer(Reply.of(200, Json.object().put("slow", true)));
            }
            default ->
                new Delivery.Answer(Reply.of(
                        200,
                        Json.object()
                                .put("method", call.method())
                                .put("base", call.base())
                                .put("path", call.path())
                                .put("query", call.rawQuery())
                                .put("length", call.text().length())));
        };
    }

    /** A connection that is spoken to in bytes. */
    private record Line(Socket socket) implements AutoCloseable {
        Line say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        }

        /** The head of a reply, with its casing. */
        String head() throws IOException {
            var head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return head.toString();
                }
                head.append((char) next);
            }
            return head.toString();
        }

        byte[] bytes(String head) throws IOException {
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            return socket.getInputStream().readNBytes(length);
        }

        String body() throws IOException {
            return new String(bytes(head()), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Line plain() throws IOException {
        return new Line(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    private Line secure() throws IOException {
        return new Line(client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port()));
    }

    @Test
    void headerNamesKeepTheirCasing() throws IOException {
        try (Line line = secure()) {
            String head = line.say("DELETE /empty HTTP/1.1\r\nHost: h\r\n\r\n").head();
            assertThat(head)
                    .startsWith("HTTP/1.1 202 Accepted\r\n")
                    .contains("\r\nAzure-AsyncOperation: https://x/y\r\n");
            assertThat(head).contains("Content-Length: 0").doesNotContain("Content-Type");
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (Line line = secure()) {
            for (int i = 0; i < 50; i++) {
                assertThat(line.say("GET /a" + i + "?b=c HTTP/1.1\r\nHost: h:1\r\n\r\n")
                                .body())
                        .contains("\"path\":\"/a" + i + "\"", "\"query\":\"b=c\"", "\"base\":\"https://h:1\"");
            }
            assertThat(line.say("GET /nothing HTTP/1.1\r\n\r\n").head())
                    .startsWith("HTTP/1.1 204")
                    .doesNotContain("Content-Length");
            assertThat(line.say("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").head())
                    .contains("Connection: close");
        }
    }

    @Test
    void bigAndChunkedBodiesArrive() throws IOException {
        try (Line line = secure()) {
            String big = "x".repeat(3_000_000);
            assertThat(line.say("PUT / HTTP/1.1\r\nContent-Length: " + big.length() + "\r\n\r\n" + big)
                            .body())
                    .contains("\"length\":3000000");
            String chunks = String.join("\r\n", "5", "hello", "6;x=y", " world", "0", "Trailer: t", "", "");
            assertThat(line.say("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
                            .body())
                    .contains("\"length\":11");
        }
    }

    @Test
    void aClientThatWaitsIsToldToGoOn() throws IOException {
        try (Line line = secure()) {
            line.say("PUT / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(line.head()).startsWith("HTTP/1.1 100 Continue");
            assertThat(line.say("{}").body()).contains("\"length\":2");
        }
    }

    @Test
    void longRepliesAreCompressedForWhoeverAsks() throws IOException {
        String path = "/" + "p".repeat(2000);
        try (Line line = secure()) {
            String head = line.say("GET " + path + " HTTP/1.1\r\nAccept-Encoding: br, gzip;q=0.9\r\n\r\n")
                    .head();
            assertThat(head).contains("Content-Encoding: gzip");
            byte[] body = new GZIPInputStream(new ByteArrayInputStream(line.bytes(head))).readAllBytes();
            assertThat(new String(body, StandardCharsets.UTF_8)).contains(path);
            assertThat(line.say("GET " + path + " HTTP/1.1\r\n\r\n").body()).contains(path);
        }
    }

    @Test
    void plainHttpIsTakenOnTheSamePort() throws IOException {
        try (Line line = plain()) {
            assertThat(line.say("GET /a%20b HTTP/1.1\r\nHost: h\r\n\r\n").body())
                    .contains("\"base\":\"http://h\"", "\"path\":\"/a b\"");
            assertThat(line.say("GET http://169.254.169.254/metadata/x?y=z HTTP/1.1\r\nHost: ignored\r\n\r\n")
                            .body())
                    .contains("\"base\":\"http://169.254.169.254\"", "\"path\":\"/metadata/x\"");
        }
    }

    @Test
    void itIsItsOwnProxyTarget() throws IOException {
        try (Line line = plain()) {
            String connected = line.say(
                            "CONNECT management.azure.com:443 HTTP/1.1\r\nHost: management.azure.com:443\r\n\r\n")
                    .head();
            assertThat(connected).startsWith("HTTP/1.1 200 ");
            var tls = (SSLSocket)
                    client.getSocketFactory().createSocket(line.socket(), "management.azure.com", 443, true);
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            try (var inner = new Line(tls)) {
                assertThat(inner.say("GET /subscriptions HTTP/1.1\r\nHost: management.azure.com\r\n\r\n")
                                .body())
                        .contains("\"base\":\"https://management.azure.com\"");
            }
        }
    }

    @Test
    void itLeadsNowhereElse() throws IOException {
        try (Line line = plain()) {
            assertThat(line.say("CONNECT example.com:443 HTTP/1.1\r\n\r\n").head())
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void whatIsNotHttpIsRefused() throws IOException {
        for (String nonsense : List.of(
                "hello\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /%zz HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Length: many\r\n\r\n")) {
            try (Line line = secure()) {
                assertThat(line.say(nonsense).head()).as(nonsense).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    @Test
    void endlessHeadersAndBodiesAreCutOff() throws IOException {
        try (Line line = secure()) {
            assertThat(line.say("GET / HTTP/1.1\r\nX: " + "x".repeat(200_000) + "\r\n")
                            .head())
                    .startsWith("HTTP/1.1 431 ");
        }
        try (Line line = secure()) {
            assertThat(line.say("PUT / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")
                            .head())
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aConnectionCanBeClosedOrResetInsteadOfAnswered() throws IOException {
        try (Line line = secure()) {
            assertThat(line.say("GET /silence HTTP/1.1\r\n\r\n").head()).isEmpty();
        }
        try (Line line = plain()) {
            line.say("GET /reset HTTP/1.1\r\n\r\n");
            assertThatThrownBy(line::head).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void threeHundredClientsAreServedSideBySide() throws Exception {
        List<Line> lines = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                lines.add(secure());
            }
            List<Future<String>> replies = new ArrayList<>();
            for (Line line : lines) {
                replies.add(clients.submit(
                        () -> line.say("GET /many HTTP/1.1\r\n\r\n").body()));
            }
            for (Future<String> reply : replies) {
                assertThat(reply.get()).contains("/many");
            }
        }
        for (Line line : lines) {
            line.close();
        }
    }

    @Test
    void aRequestInFlightIsAnsweredBeforeTheEnd() throws Exception {
        try (Line line = secure();
                var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            line.say("GET /slow HTTP/1.1\r\n\r\n");
            arrived.await();
            var closed = closing.submit(server::close);
            release.countDown();
            assertThat(line.body()).contains("slow");
            closed.get();
            assertThatThrownBy(this::plain).isInstanceOf(IOException.class);
        }
    }
}
