package dev.fleetwright.simulator.http;

import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Answers that are no longer true: a replica that looks at the truth only so often. Thread-safe. */
final class StaleReads {
    private static final int KEPT = 10_000;

    private record Seen(Reply reply, Instant at) {}

    private final Timeline timeline;
    private final Map<String, Seen> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > KEPT;
        }
    };

    StaleReads(Timeline timeline) {
        this.timeline = timeline;
    }

    /** What was answered before if that is young enough, else the truth. */
    Reply read(Call call, Duration age, Supplier<Reply> truth) {
        Instant now = timeline.now();
        synchronized (seen) {
            Seen before = seen.get(key(call));
            if (before != null && before.at().plus(timeline.scaled(age)).isAfter(now)) {
                return before.reply();
            }
        }
        Reply reply = truth.get();
        remember(call, reply, now);
        return reply;
    }

    /** Notes what a read says before a write changes it. */
    void beforeWrite(Call read, Supplier<Reply> truth) {
        remember(read, truth.get(), timeline.now());
    }

    private void remember(Call call, Reply reply, Instant now) {
        synchronized (seen) {
            seen.remove(key(call));
            seen.put(key(call), new Seen(reply, now));
        }
    }

    private static String key(Call call) {
        return (call.path() + "?" + call.rawQuery()).toLowerCase(Locale.ROOT);
    }
}
