package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every request: finds the site and the row, passes the gate, applies faults, serves, writes the log.
 *
 * <p>The entry for clients that do without a wire, too: what comes back is what would be written to the connection.
 */
public final class Dispatcher implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final List<Site> sites;
    private final Timeline timeline;
    private final RequestLog log;
    private final Tally tally;
    private final Faults faults;
    private final StaleReads staleReads;

    /** Tries the sites in order: the first whose prefix the path has serves it, so the last should have prefix "/". */
    public Dispatcher(List<Site> sites, Timeline timeline, RequestLog log, Tally tally, Faults faults) {
        this.sites = List.copyOf(sites);
        this.timeline = timeline;
        this.log = log;
        this.tally = tally;
        this.faults = faults;
        this.staleReads = new StaleReads(timeline);
    }

    /** A call on its way: where it leads, and as what it passed the gate. */
    private record Visit(Site site, Route route, Call call) {}

    @Override
    public Delivery serve(Call call) {
        Visit visit = find(call);
        try {
            Call admitted = admit(visit);
            return deliver(new Visit(visit.site(), visit.route(), admitted));
        } catch (Refusal refusal) {
            var refused = new Visit(visit.site(), visit.route(), call.withCaller(refusal.caller()));
            return finish(refused, System.nanoTime(), new Delivery.Answer(refusal.reply()));
        }
    }

    private static Call admit(Visit visit) {
        if (visit.call().base().startsWith("http:") && !visit.site().plain()) {
            String message = "This is served over https only.";
            throw new Refusal(message, Reply.of(400, FaultDocuments.error("HttpsRequired", message)));
        }
        return visit.site().gate().admit(visit.call(), visit.route());
    }

    /**
     * What the portal does: a call of somebody else, past tokens, budgets and faults.
     *
     * @param call with its body read
     */
    public Reply serveAs(String caller, Call call) {
        Visit visit = find(call);
        var self = new Visit(visit.site(), visit.route(), visit.call().withCaller(caller));
        Delivery delivery = finish(self, System.nanoTime(), new Delivery.Answer(handle(self)));
        return ((Delivery.Answer) delivery).reply();
    }

    private Visit find(Call call) {
        String path = call.path().toLowerCase(Locale.ROOT);
        Site site = sites.stream()
                .filter(s -> path.startsWith(s.pathPrefix()))
                .findFirst()
                .orElseThrow();
        return site.find(call.method(), call.path())
                .map(match -> new Visit(site, match.route(), call.withVariables(match.variables())))
                .orElseGet(() ->
                        new Visit(site, new Route(call.method(), call.path(), "unrouted", "", site.unknown()), call));
    }

    private Delivery deliver(Visit visit) {
        long started = System.nanoTime();
        Faults.Rule fault = faults.take(visit.call(), timeline.now()).orElse(null);
        if (fault == null) {
            rememberForStaleReads(visit);
            return finish(visit, started, new Delivery.Answer(handle(visit)));
        }
        if (!fault.latency().equals(Duration.ZERO)) {
            // The latency is the wall's; the wait itself counts in Azure time.
            timeline.after(timeline.azureTime(fault.latency())).join();
        }
        if (!fault.effect().prevents() && !(fault.effect() instanceof Effect.Stale)) {
            rememberForStaleReads(visit);
        }
        Delivery delivery = switch (fault.effect()) {
            case Effect.Nothing _ -> new Delivery.Answer(handle(visit));
            case Effect.Answer(Reply reply, boolean afterwards) -> {
                if (afterwards) {
                    var _ = handle(visit);
                }
                yield new Delivery.Answer(reply);
            }
            case Effect.Silence(boolean afterwards) -> {
                if (afterwards) {
                    var _ = handle(visit);
                }
                yield new Delivery.Silence();
            }
            case Effect.Reset(boolean afterwards) -> {
                if (afterwards) {
                    var _ = handle(visit);
                }
                yield new Delivery.Reset();
            }
            case Effect.Stale(Duration age) -> new Delivery.Answer(stale(visit, age));
            case Effect.Partial(int keep) -> new Delivery.Answer(partial(handle(visit), keep));
        };
        return finish(visit, started, delivery);
    }

    private Reply stale(Visit visit, Duration age) {
        if (visit.call().method().equals("GET")) {
            return staleReads.read(visit.call(), age, () -> handle(visit));
        }
        rememberForStaleReads(visit);
        return handle(visit);
    }

    private void rememberForStaleReads(Visit visit) {
        Call call = visit.call();
        if (call.method().equals("GET") || !faults.stale(call.path())) {
            return;
        }
        var match = visit.site().find("GET", call.path());
        if (match.isPresent()) {
            Call read = Call.of("GET", call.base(), call.path(), call.rawQuery(), call.headers(), "")
                    .withVariables(match.get().variables())
                    .withCaller(call.caller());
            staleReads.beforeWrite(
                    read, () -> handle(new Visit(visit.site(), match.get().route(), read)));
        }
    }

    /** A list without its end. */
    private static Reply partial(Reply reply, int keep) {
        if (!(reply.body() instanceof ObjectNode body) || !(body.get("value") instanceof ArrayNode)) {
            return reply;
        }
        ObjectNode copy = body.deepCopy();
        copy.remove("nextLink");
        ArrayNode items = (ArrayNode) copy.get("value");
        while (items.size() > keep) {
            items.remove(items.size() - 1);
        }
        return new Reply(reply.status(), reply.headers(), copy);
    }

    private static Reply handle(Visit visit) {
        try {
            Reply reply = visit.route().handler().handle(visit.call());
            return visit.site().gate().depart(visit.call(), visit.route(), reply);
        } catch (Refusal refusal) {
            return visit.site().gate().depart(visit.call(), visit.route(), refusal.reply());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", visit.call().method(), visit.call().path(), e);
            return Reply.of(500, FaultDocuments.error("InternalServerError", "Simulator defect: " + e));
        }
    }

    /** The log is written before the reply leaves, so that whoever has the reply also finds the entry. */
    private Delivery finish(Visit visit, long started, Delivery delivery) {
        Call call = visit.call();
        String requestId = UUID.randomUUID().toString();
        int status = delivery instanceof Delivery.Answer answer ? answer.reply().status() : 0;
        log.add(new RequestLog.Entry(
                timeline.now(),
                call.caller(),
                call.method(),
                call.path(),
                call.rawQuery(),
                visit.route().operation(),
                status,
                Duration.ofNanos(System.nanoTime() - started),
                requestId));
        tally.count(
                new Tally.Row(visit.route().operation(), visit.route().bucket(), call.method(), call.caller(), status));
        return delivery instanceof Delivery.Answer answer
                ? new Delivery.Answer(withCommonHeaders(answer.reply(), call, requestId))
                : delivery;
    }

    /** What every reply of Azure carries (recorded). */
    private static Reply withCommonHeaders(Reply reply, Call call, String requestId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Cache-Control", "no-cache");
        headers.put("Pragma", "no-cache");
        headers.put("Expires", "-1");
        headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("x-ms-request-id", requestId);
        headers.put(
                "x-ms-correlation-request-id",
                call.header("x-ms-correlation-request-id").orElse(requestId));
        headers.put("x-ms-routing-request-id", "SIMULATOR:" + requestId);
        // Entra's name for it; clients ask for it with return-client-request-id
        call.header("client-request-id").ifPresent(id -> headers.put("client-request-id", id));
        call.header("x-ms-client-request-id").ifPresent(id -> headers.put("x-ms-client-request-id", id));
        headers.putAll(reply.headers());
        return new Reply(reply.status(), Map.copyOf(headers), reply.body());
    }
}
