package dev.fleetwright.simulator.http.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requests from one connection, one after the other (RFC 9112). */
final class RequestReader {
    /** Operation URLs alone have 3 kB; tokens have 2 kB. */
    private static final int LONGEST_HEAD = 128 * 1024;

    private static final int LONGEST_BODY = 64 * 1024 * 1024;
    private static final Pattern FIRST_LINE = Pattern.compile("([!-~]+) ([!-~]+) HTTP/1\\.([01])");

    private final InputStream in;

    /** @param in buffered */
    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request's head; empty when the client has closed the connection between two requests. */
    Optional<Head> head() throws IOException, Malformed {
        int[] left = {LONGEST_HEAD};
        Optional<String> first = line(left);
        if (first.isPresent() && first.get().isEmpty()) {
            // an empty line before a request is to be ignored
            first = line(left);
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Matcher start = FIRST_LINE.matcher(first.get());
        if (!start.matches()) {
            throw new Malformed(400, "not a request of HTTP/1.1");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        while (true) {
            String line = line(left).orElseThrow(EOFException::new);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || Character.isWhitespace(line.charAt(0))) {
                throw new Malformed(400, "a header line without a name");
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return Optional.of(new Head(start.group(1), start.group(2), Integer.parseInt(start.group(3)), headers));
    }

    private Optional<String> line(int[] left) throws IOException, Malformed {
        var line = new ByteArrayOutputStream(128);
        while (true) {
            int next = in.read();
            if (next < 0) {
                if (line.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException();
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (--left[0] < 0) {
                throw new Malformed(431, "the header is longer than " + LONGEST_HEAD + " bytes");
            }
            line.write(next);
        }
    }

    /** Whether a body follows that the client may hold back until it is asked for it. */
    static boolean hasBody(Head head) {
        return head.lists("transfer-encoding", "chunked")
                || head.header("content-length").filter(n -> !n.equals("0")).isPresent();
    }

    byte[] body(Head head) throws IOException, Malformed {
        if (head.lists("transfer-encoding", "chunked")) {
            return chunks();
        }
        Optional<String> length = head.header("content-length");
        return length.isEmpty() ? new byte[0] : exactly(number(length.get(), 10));
    }

    private byte[] chunks() throws IOException, Malformed {
        var body = new ByteArrayOutputStream();
        int[] left = {LONGEST_HEAD};
        while (true) {
            String size =
                    line(left).orElseThrow(EOFException::new).split(";", 2)[0].strip();
            int length = number(size, 16);
            if (length == 0) {
                break;
            }
            if (body.size() + length > LONGEST_BODY) {
                throw tooLong();
            }
            body.write(exactly(length));
            line(left);
        }
        // trailers mean nothing here
        while (!line(left).orElseThrow(EOFException::new).isEmpty()) {}
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static int number(String text, int radix) throws Malformed {
        try {
            long value = Long.parseUnsignedLong(text, radix);
            if (value < 0 || value > LONGEST_BODY) {
                throw tooLong();
            }
            return (int) value;
        } catch (NumberFormatException e) {
            throw new Malformed(400, "not a length: " + text);
        }
    }

    private static Malformed tooLong() {
        return new Malformed(413, "the body is longer than " + LONGEST_BODY + " bytes");
    }
}
