package dev.fleetwright.simulator.http.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes replies with their header names as they are given: Azure's casing survives. Head and body leave as one piece. */
final class ReplyWriter {
    /** Below this a compressed body is hardly shorter. */
    private static final int WORTH_COMPRESSING = 1024;

    private static final byte[] NOTHING = new byte[0];
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private final OutputStream out;
    private final InstantSource clock;

    ReplyWriter(OutputStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** @param request what is answered; null when it could not be read */
    void write(Reply reply, @Nullable Head request, boolean keepAlive) throws IOException {
        JsonNode document = reply.body();
        byte[] body = document == null ? NOTHING : Json.bytes(document);
        boolean compress =
                body.length >= WORTH_COMPRESSING && request != null && request.lists("accept-encoding", "gzip");
        if (compress) {
            body = compressed(body);
        }
        var head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(reply.status()).append(' ');
        head.append(REASONS.getOrDefault(reply.status(), "")).append("\r\n");
        reply.headers().forEach((name, value) -> field(head, name, value));
        if (document != null) {
            field(head, "Content-Type", "application/json; charset=utf-8");
            field(head, "Vary", "Accept-Encoding");
        }
        if (compress) {
            field(head, "Content-Encoding", "gzip");
        }
        boolean bodyless = request != null && request.method().equals("HEAD");
        if (!bodyless && reply.status() != 204) {
            field(head, "Content-Length", Integer.toString(body.length));
        }
        field(head, "Date", DATE.format(clock.instant()));
        if (!keepAlive) {
            field(head, "Connection", "close");
        }
        head.append("\r\n");
        send(head, bodyless || reply.status() == 204 ? NOTHING : body);
    }

    /** The answer to {@code Expect: 100-continue}. */
    void goOn() throws IOException {
        send(new StringBuilder("HTTP/1.1 100 Continue\r\n\r\n"), NOTHING);
    }

    /** The answer to CONNECT: from now on the connection is what it leads to. */
    void connected() throws IOException {
        send(new StringBuilder("HTTP/1.1 200 Connection Established\r\n\r\n"), NOTHING);
    }

    private void send(StringBuilder head, byte[] body) throws IOException {
        byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        out.write(all);
        out.flush();
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name)
                .append(": ")
                .append(value.replace('\r', ' ').replace('\n', ' '))
                .append("\r\n");
    }

    private static byte[] compressed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(body.length / 4);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }
}
