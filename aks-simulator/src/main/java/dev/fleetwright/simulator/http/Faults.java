package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trouble made on demand: calls that match an armed rule are answered wrongly, late or not at all. Thread-safe.
 *
 * <p>A call that is refused at the gate (no token, unknown subscription, throttled) uses up nothing.
 */
public final class Faults {
    /**
     * Which calls, and what happens to them.
     *
     * @param method regular expression on the whole method
     * @param path regular expression found anywhere in the path
     * @param caller regular expression found in the application id
     * @param latency wall-clock wait before anything else happens
     */
    public record Rule(Pattern method, Pattern path, Pattern caller, Duration latency, Effect effect) {
        private static final Pattern ANY = Pattern.compile("");

        private static Rule of(String method, String path, Duration latency, Effect effect) {
            return new Rule(Pattern.compile(method), Pattern.compile(path), ANY, latency, effect);
        }

        /** Answers with an error instead of serving. */
        public static Rule answer(String method, String path, int status, String code) {
            Reply reply = Reply.of(status, FaultDocuments.error(code, FaultDocuments.MESSAGE));
            return of(method, path, Duration.ZERO, new Effect.Answer(reply, false));
        }

        /** Serves, then breaks the connection. */
        public static Rule lostReply(String method, String path) {
            return of(method, path, Duration.ZERO, new Effect.Silence(true));
        }

        public static Rule delay(String method, String path, Duration latency) {
            return of(method, path, latency, new Effect.Nothing());
        }

        /** Resets the connection, before or after the call has had its effect. */
        public static Rule reset(String method, String path, boolean afterwards) {
            return of(method, path, Duration.ZERO, new Effect.Reset(afterwards));
        }

        /** Lets reads be up to this much Azure time old. Arm it with {@link Arming#always}. */
        public static Rule staleReads(String path, Duration age) {
            return of(".*", path, Duration.ZERO, new Effect.Stale(age));
        }

        /** Lets lists end after so many items. */
        public static Rule partialLists(String path, int keep) {
            return of("GET", path, Duration.ZERO, new Effect.Partial(keep));
        }

        /** With this header in the answer that it gives; rules that give none stay as they are. */
        public Rule withRetryAfter(int seconds) {
            if (!(effect instanceof Effect.Answer(Reply reply, boolean afterwards))) {
                return this;
            }
            Reply later = reply.with("Retry-After", Integer.toString(seconds));
            return new Rule(method, path, caller, latency, new Effect.Answer(later, afterwards));
        }

        boolean matches(Call call) {
            return method.matcher(call.method()).matches()
                    && path.matcher(call.path()).find()
                    && caller.matcher(call.caller()).find();
        }
    }

    /**
     * How often and how long.
     *
     * @param skip so many matching calls pass first
     * @param times at most so many calls are met; 0 for any number
     * @param probability of each matching call to be met, above 0 and at most 1
     * @param until the rule is gone then; null for never
     */
    public record Arming(
            int skip,
            int times,
            double probability,
            @Nullable Instant until) {
        boolean over(Instant now) {
            return until != null && !now.isBefore(until);
        }

        public static Arming once() {
            return new Arming(0, 1, 1, null);
        }

        public static Arming times(int times) {
            return new Arming(0, times, 1, null);
        }

        /** Until it is disarmed. */
        public static Arming always() {
            return new Arming(0, 0, 1, null);
        }
    }

    /** A rule as it stands: {@code arming} counts down. */
    public record Armed(String id, Rule rule, Arming arming) {}

    private final RandomGenerator random;
    private final List<Armed> armed = new ArrayList<>();
    private final Set<String> standing = new HashSet<>();
    private Runnable changed = () -> {};
    private int lastId;

    /** @param random decides where a rule has a probability: the seed of the start repeats a run */
    public Faults(RandomGenerator random) {
        this.random = random;
    }

    /** The next {@code times} matching calls meet this trouble. */
    public void next(int times, Rule rule) {
        var _ = arm(rule, Arming.times(times));
    }

    /** Arms a rule and returns its id. Rules are tried in the order in which they came; the first that strikes counts. */
    public synchronized String arm(Rule rule, Arming arming) {
        String id = Integer.toString(++lastId);
        // what every start has strikes always, and would leave nothing to the others
        int place = (int) armed.stream().filter(this::ordered).count();
        armed.add(place, new Armed(id, rule, arming));
        changed.run();
        return id;
    }

    /** Arms a rule that every start has: it is not kept. */
    public synchronized void stand(Rule rule) {
        String id = Integer.toString(++lastId);
        standing.add(id);
        armed.add(new Armed(id, rule, Arming.always()));
    }

    /** Every rule that outlives the process, as {@link #recall} takes it. */
    public synchronized ArrayNode kept() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        armed.stream().filter(this::ordered).forEach(rule -> all.add(KeptFaults.document(rule)));
        return all;
    }

    public synchronized void recall(JsonNode kept) {
        for (JsonNode document : kept) {
            Armed rule = KeptFaults.read(document);
            armed.add(rule);
            lastId = Math.max(lastId, Integer.parseInt(rule.id()));
        }
    }

    /** From now on this runs after every change, before anybody else can make one. */
    public synchronized void onChange(Runnable told) {
        changed = told;
    }

    public synchronized List<Armed> armed() {
        return List.copyOf(armed);
    }

    /** False when there is no such rule any more. */
    public synchronized boolean disarm(String id) {
        return removed(rule -> rule.id().equals(id));
    }

    public synchronized void clear() {
        var _ = removed(rule -> true);
    }

    private boolean ordered(Armed rule) {
        return !standing.contains(rule.id());
    }

    private boolean removed(Predicate<Armed> which) {
        boolean any = armed.removeIf(which);
        if (any) {
            changed.run();
        }
        return any;
    }

    /** What this call meets, if anything. */
    synchronized Optional<Rule> take(Call call, Instant now) {
        var _ = removed(rule -> rule.arming().over(now));
        for (int i = 0; i < armed.size(); i++) {
            Armed candidate = armed.get(i);
            if (!candidate.rule().matches(call)) {
                continue;
            }
            Arming arming = candidate.arming();
            if (arming.skip() > 0) {
                replace(i, new Arming(arming.skip() - 1, arming.times(), arming.probability(), arming.until()));
                continue;
            }
            if (arming.probability() < 1 && random.nextDouble() >= arming.probability()) {
                continue;
            }
            if (arming.times() == 1) {
                armed.remove(i);
                changed.run();
            } else if (arming.times() > 1) {
                replace(i, new Arming(0, arming.times() - 1, arming.probability(), arming.until()));
            }
            return Optional.of(candidate.rule());
        }
        return Optional.empty();
    }

    /** Whether reads of this path are stale for somebody: then what a write changes must be remembered first. */
    synchronized boolean stale(String path) {
        Predicate<Rule> wanted = rule -> rule.effect() instanceof Effect.Stale
                && rule.path().matcher(path).find();
        return armed.stream().map(Armed::rule).anyMatch(wanted);
    }

    private void replace(int index, Arming arming) {
        Armed former = armed.get(index);
        armed.set(index, new Armed(former.id(), former.rule(), arming));
        changed.run();
    }
}
