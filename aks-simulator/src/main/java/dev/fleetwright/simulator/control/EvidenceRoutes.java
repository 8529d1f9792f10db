package dev.fleetwright.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.Tally;
import dev.fleetwright.simulator.http.Tally.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What happened: requests, counters, what is left of the budgets, and everything that is held. */
public final class EvidenceRoutes {
    private final RequestLog log;
    private final Tally tally;
    private final Supplier<ObjectNode> budgets;
    private final Supplier<ObjectNode> state;

    public EvidenceRoutes(RequestLog log, Tally tally, Supplier<ObjectNode> budgets, Supplier<ObjectNode> state) {
        this.log = log;
        this.tally = tally;
        this.budgets = budgets;
        this.state = state;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "/simulator/requests", "simulator requests", "", this::requests),
                new Route("GET", "/simulator/counters", "simulator counters", "", this::counters),
                new Route("GET", "/simulator/budgets", "simulator budgets", "", call -> Reply.of(200, budgets.get())),
                new Route("GET", "/simulator/state", "simulator state", "", call -> Reply.of(200, state.get())));
    }

    /**
     * The latest requests. Filters: {@code since} and {@code until} (times), {@code caller}, {@code operation}, {@code
     * path} (regular expressions), {@code method}, {@code status}; {@code last} keeps the newest so many.
     */
    private Reply requests(Call call) {
        Instant since = call.queryValue("since").map(Bodies::time).orElse(Instant.MIN);
        Instant until = call.queryValue("until").map(Bodies::time).orElse(Instant.MAX);
        Predicate<String> caller = matching(call, "caller");
        Predicate<String> operation = matching(call, "operation");
        Predicate<String> path = matching(call, "path");
        Optional<String> method = call.queryValue("method");
        Optional<String> status = call.queryValue("status");
        List<RequestLog.Entry> fitting = log.entries(entry -> !entry.time().isBefore(since)
                && !entry.time().isAfter(until)
                && caller.test(entry.caller())
                && operation.test(entry.operation())
                && path.test(entry.path())
                && method.map(entry.method()::equalsIgnoreCase).orElse(true)
                && status.map(Integer.toString(entry.status())::equals).orElse(true));
        int last = call.queryValue("last").map(EvidenceRoutes::number).orElse(Integer.MAX_VALUE);
        var body = Json.object();
        var values = body.putArray("value");
        fitting.subList(Math.max(0, fitting.size() - last), fitting.size())
                .forEach(entry -> values.add(entry.document()));
        return Reply.of(200, body);
    }

    /**
     * Calls so far by operation name; with {@code ?by=bucket,method,caller,operation,status} (any of them) rows with a
     * count each, under "value". {@code caller} and {@code operation} filter as for requests.
     */
    private Reply counters(Call call) {
        Optional<String> by = call.queryValue("by");
        if (by.isEmpty()) {
            var body = Json.object();
            log.counters().forEach(body::put);
            return Reply.of(200, body);
        }
        List<Dimension> dimensions = Stream.of(by.get().split(","))
                .map(label -> Dimension.named(label)
                        .orElseThrow(() -> Bodies.refused("calls are not counted by '" + label + "'")))
                .toList();
        Predicate<String> caller = matching(call, "caller");
        Predicate<String> operation = matching(call, "operation");
        var body = Json.object();
        body.set("value", tally.sums(dimensions, row -> caller.test(row.caller()) && operation.test(row.operation())));
        return Reply.of(200, body);
    }

    private static Predicate<String> matching(Call call, String parameter) {
        return call.queryValue(parameter)
                .map(Bodies::pattern)
                .map(Pattern::asPredicate)
                .orElse(text -> true);
    }

    private static int number(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw Bodies.refused("'" + text + "' is not a whole number");
        }
    }
}
