package dev.fleetwright.simulator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A journal of JSON lines, one for each change. It is given to the operating system before a change is answered, so that it
 * survives the end of the process, however violent; the end of the machine only where that is asked for. Thread-safe.
 *
 * <p>Opening it reads the state and writes it anew without its history. A last line that breaks off was never answered and
 * is dropped.
 */
public final class JournalFile implements Journal {
    private static final String NAME = "journal.jsonl";
    private static final String GONE = "gone";
    private static final String CHANGED = "changed";

    private final FileChannel lock;
    private final FileChannel file;
    private final boolean sync;

    private JournalFile(FileChannel lock, FileChannel file, boolean sync) {
        this.lock = lock;
        this.file = file;
        this.sync = sync;
    }

    /** A journal that is open for more, and the state that it was found with. */
    public record Opened(JournalFile journal, SortedMap<String, Entry> state) {}

    /**
     * Opens the journal in a folder, which is made if there is none.
     *
     * @param sync whether every change is on the disk itself before {@link #append} returns, so that it survives a power cut
     * @throws IllegalStateException when another process has it open, or it is damaged
     */
    public static Opened open(Path folder, boolean sync) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = lock(folder);
        Path path = folder.resolve(NAME);
        SortedMap<String, Entry> state = Files.exists(path) ? read(path) : new TreeMap<>();
        Path compact = folder.resolve(NAME + ".new");
        FileChannel file = FileChannel.open(
                compact, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        var compacting = new JournalFile(lock, file, false);
        for (Entry entry : state.values()) {
            compacting.append(List.of(), List.of(entry));
        }
        file.force(true);
        var journal = new JournalFile(lock, file, sync);
        Files.move(compact, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Opened(journal, state);
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // another simulator of this very process
        }
        channel.close();
        throw new IllegalStateException("the state in " + folder + " belongs to a simulator that is running");
    }

    private static SortedMap<String, Entry> read(Path path) throws IOException {
        var state = new TreeMap<String, Entry>();
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    apply(Json.parse(line), state);
                } catch (JsonProcessingException e) {
                    if (lines.readLine() != null) {
                        throw new IllegalStateException("line " + number + " of " + path + " is damaged", e);
                    }
                }
            }
        }
        return state;
    }

    private static void apply(JsonNode change, SortedMap<String, Entry> state) {
        change.path(GONE).forEach(path -> remove(state, path.asText()));
        for (JsonNode document : change.path(CHANGED)) {
            Entry entry = Entry.read(document);
            state.put(entry.at(), entry);
        }
    }

    private static void remove(SortedMap<String, Entry> state, String path) {
        state.remove(path);
        // '0' follows '/': everything below the path and nothing else
        state.subMap(path + "/", path + "0").clear();
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public void append(Collection<String> gone, Collection<Entry> changed) {
        ObjectNode line = Json.object();
        if (!gone.isEmpty()) {
            var paths = line.putArray(GONE);
            gone.forEach(paths::add);
        }
        if (!changed.isEmpty()) {
            var entries = line.putArray(CHANGED);
            changed.forEach(entry -> entries.add(entry.document()));
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Json.bytes(line));
        bytes.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
        write(ByteBuffer.wrap(bytes.toByteArray()));
    }

    private synchronized void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            if (sync) {
                file.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal", e);
        }
    }

    @Override
    public synchronized void close() {
        try (lock;
                file) {
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal", e);
        }
    }
}
