package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Every request and what became of it: as JSON lines in a file that is open all the time, and the latest of them in memory.
 * Thread-safe.
 */
public final class RequestLog implements AutoCloseable {
    private static final int KEPT = 50_000;

    /** The seal of an operation's URL is 3 kB long: kept whole, it would be most of the log. */
    private static final int QUERY = 200;

    /**
     * One request.
     *
     * @param caller application id of the token, "-" without one
     * @param query its first 200 characters
     * @param operation the route's name, "unrouted" when no route matched
     * @param status of the reply; 0 when the reply was lost on purpose
     */
    public record Entry(
            Instant time,
            String caller,
            String method,
            String path,
            String query,
            String operation,
            int status,
            Duration took,
            String requestId) {
        public Entry {
            query = query.length() <= QUERY ? query : query.substring(0, QUERY) + "...";
        }

        public ObjectNode document() {
            return Json.object()
                    .put("time", time.toString())
                    .put("caller", caller)
                    .put("method", method)
                    .put("path", path)
                    .put("query", query)
                    .put("operation", operation)
                    .put("status", status)
                    .put("durationMs", took.toNanos() / 1e6)
                    .put("requestId", requestId);
        }
    }

    private final Path file;
    private final OutputStream out;
    private final Deque<Entry> latest = new ArrayDeque<>();
    private final Map<String, Long> counters = new TreeMap<>();

    /** Opens the file, and goes on behind what is in it. */
    public RequestLog(Path file) throws IOException {
        this.file = file;
        this.out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void add(Entry entry) {
        byte[] line = (entry.document() + "\n").getBytes(StandardCharsets.UTF_8);
        add(entry, line);
    }

    private synchronized void add(Entry entry, byte[] line) {
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(entry);
        counters.merge(entry.operation(), 1L, Long::sum);
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("request log " + file, e);
        }
    }

    /** The latest 50,000 requests, oldest first. The file has all of them. */
    public synchronized List<Entry> entries() {
        return List.copyOf(latest);
    }

    public List<Entry> entries(Predicate<Entry> wanted) {
        return entries().stream().filter(wanted).toList();
    }

    /** Requests since the start, by operation name. */
    public synchronized Map<String, Long> counters() {
        return new TreeMap<>(counters);
    }

    public Path file() {
        return file;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("request log " + file, e);
        }
    }
}
