package dev.fleetwright.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of an API server, which may still be writing it.
 *
 * @param file JSON, one event in a line
 */
public record AuditLog(Path file) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads from the start, lazily, whatever is there now. A last line that is not whole yet is left for the next time.
     * Close the stream.
     *
     * @throws UncheckedIOException if the file cannot be read, or a line that is not the last is not JSON
     */
    public Stream<AuditEvent> events() {
        if (!Files.exists(file)) {
            return Stream.empty(); // the API server makes it with its first event
        }
        try {
            var lines = new Events(Files.newBufferedReader(file));
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, 0), false)
                    .onClose(lines::close);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every event so far that is wanted, in the order in which they were answered. */
    public List<AuditEvent> events(Predicate<AuditEvent> wanted) {
        try (Stream<AuditEvent> events = events()) {
            return events.filter(wanted).toList();
        }
    }

    /** Reads one line ahead, because only the last line may be torn. */
    private static final class Events implements Iterator<AuditEvent> {
        private final BufferedReader reader;
        private @Nullable String line;
        private @Nullable AuditEvent next;

        Events(BufferedReader reader) throws IOException {
            this.reader = reader;
            this.line = reader.readLine();
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public AuditEvent next() {
            AuditEvent event = next;
            if (event == null) {
                throw new NoSuchElementException();
            }
            advance();
            return event;
        }

        private void advance() {
            String current = line;
            next = null;
            if (current == null) {
                return;
            }
            try {
                line = reader.readLine();
                next = AuditEvent.of(JSON.readTree(current));
            } catch (JsonProcessingException torn) {
                if (line != null) {
                    throw new UncheckedIOException("not an audit event: " + current, torn);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        void close() {
            try {
                reader.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
