package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.ArmGate;
import dev.fleetwright.simulator.arm.BearerCheck;
import dev.fleetwright.simulator.arm.Budgets;
import dev.fleetwright.simulator.arm.CloudMetadata;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.NoBackend;
import dev.fleetwright.simulator.backend.local.LocalBackend;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.control.DirectoryRoutes;
import dev.fleetwright.simulator.control.EvidenceRoutes;
import dev.fleetwright.simulator.control.FaultRoutes;
import dev.fleetwright.simulator.control.PortalRoutes;
import dev.fleetwright.simulator.entra.Applications;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Dispatcher;
import dev.fleetwright.simulator.http.Faults;
import dev.fleetwright.simulator.http.Gate;
import dev.fleetwright.simulator.http.Handler;
import dev.fleetwright.simulator.http.HeldOpenPuts;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.Site;
import dev.fleetwright.simulator.http.Tally;
import dev.fleetwright.simulator.http.server.HttpServer;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.state.JournalFile;
import dev.fleetwright.simulator.time.Curve;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Durations.Work;
import dev.fleetwright.simulator.time.ScaledTimeline;
import dev.fleetwright.simulator.time.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running simulator of ARM, AKS and Entra on 127.0.0.1. Thread-safe.
 *
 * <p>{@code try (var azure = AksSimulator.start(options)) { … }}; closing it ends every workload cluster that it started.
 */
public final class AksSimulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AksSimulator.class);

    /** Sub-folder with one folder per workload cluster, named by the key in the state dump. */
    private static final String CLUSTERS = "clusters";

    private static final String STARTS = "/simulator/starts";

    private final ExecutorService threads;
    private final Timeline timeline;
    private final ClusterBackend backend;
    private final HttpServer server;
    private final Dispatcher dispatcher;
    private final SignIn signIn;
    private final Tally tally = new Tally();
    private final RequestLog log;
    private final Faults faults;
    private final OperationFaults operationFaults = new OperationFaults();
    private final Journal journal;
    private final ArmWorld world;
    private final String caPem;
    private final Connection connection;

    private AksSimulator(
            SimulatorOptions options, ExecutorService threads, Timeline timeline, Optional<ClusterBackend> given)
            throws IOException {
        this.threads = threads;
        this.timeline = timeline;
        Files.createDirectories(options.folder());
        log = new RequestLog(options.folder().resolve("requests.jsonl"));
        Optional<JournalFile.Opened> kept = opened(options);
        journal = kept.<Journal>map(JournalFile.Opened::journal).orElse(Journal.NOWHERE);
        var random = new SplittableRandom(options.seed() + starts(kept));
        Curve diskMove = Curve.fixed(options.behaviours().number(Behaviour.DISK_MOVE));
        var durations = Durations.published(random.split())
                .with(Work.DISK_ATTACH, diskMove)
                .with(Work.DISK_DETACH, diskMove);
        backend = given.orElseGet(() -> backend(options, timeline, durations));
        faults = new Faults(random.split());
        var keys = KeptKeys.of(kept, timeline.now(), options);
        var orders = new KeptOrders(kept);
        var parts = new ArmWorld.Parts(timeline, durations, backend, operationFaults, random.split());
        world = ArmWorld.of(
                options,
                parts,
                journal,
                kept.map(found -> found.state().values()).orElse(List.of()));

        keep(orders);

        caPem = keys.authority().pem();
        Path caFile = options.folder().toAbsolutePath().resolve("ca.pem");
        Files.writeString(caFile, caPem);
        var names = new ArrayList<>(List.of("127.0.0.1", "localhost"));
        names.addAll(options.hostNames());
        signIn = new SignIn(options, names, keys, world.resources()::identities, timeline);
        Applications applications = signIn.applications();
        orders.keep("principals", applications::kept, applications::recall, applications::onChange);
        var bearers = new BearerCheck(signIn.tokens(), signIn.audiences(), timeline);
        var budgets = new Budgets(options.throttling(), options.behaviours().on(Behaviour.WRAPPED_ERRORS), timeline);
        var gate = new ArmGate(bearers, world.subscriptions(), world.rights(), budgets);
        dispatcher = new Dispatcher(sites(options, gate, budgets), timeline, log, tally, faults);
        int stale = options.behaviours().number(Behaviour.STALE_READS);
        if (stale > 0) {
            faults.stand(Faults.Rule.staleReads("(?i)^/subscriptions/", Duration.ofSeconds(stale)));
        }
        Duration heldOpen = options.behaviours().seconds(Behaviour.HELD_OPEN_PUT);
        var service = heldOpen.isZero() ? dispatcher : new HeldOpenPuts(dispatcher, timeline, heldOpen);
        server = new HttpServer(
                options.port(), keys.authority().serverContext(names), names, service, timeline::now, threads);
        String base = "https://127.0.0.1:" + server.port();
        connection = new Connection(base, base + "/", caFile, signIn.identitySecret(), options);
    }

    /** All but the directory, which does not exist yet. */
    private void keep(KeptOrders orders) {
        orders.keep("faults", faults::kept, faults::recall, faults::onChange);
        orders.keep("operation-faults", operationFaults::kept, operationFaults::recall, operationFaults::onChange);
        var capacity = world.aks().capacity();
        orders.keep("capacity", capacity::kept, capacity::recall, capacity::onChange);
        var boots = world.aks().boots();
        orders.keep("boots", boots::kept, boots::recall, boots::onChange);
    }

    private List<Site> sites(SimulatorOptions options, ArmGate gate, Budgets budgets) {
        var control = new ArrayList<Route>();
        control.addAll(new FaultRoutes(faults, operationFaults, timeline::now).routes());
        control.addAll(new EvidenceRoutes(log, tally, budgets::evidence, world.aks()::evidence).routes());
        control.addAll(new PortalRoutes(() -> dispatcher).routes());
        control.addAll(new DirectoryRoutes(signIn.applications(), world.subscriptions()::principalCreated).routes());
        control.addAll(world.aks().ownRoutes());
        control.addAll(new SnapshotRoutes(world.state(), options.backend()).routes());
        var local = new ArrayList<>(CloudMetadata.routes());
        local.addAll(signIn.machineRoutes());
        Handler nothing = call -> Reply.empty(404);
        return List.of(
                new Site("/simulator/", control, Gate.open(), nothing).overPlainHttpToo(),
                new Site("/subscriptions", world.routes(), gate, AksSimulator::unknownPath),
                new Site("/providers/", world.routes(), gate, AksSimulator::unknownPath),
                new Site("/metadata/", local, Gate.open(), nothing).overPlainHttpToo(),
                new Site("/msi/", local, Gate.open(), nothing).overPlainHttpToo(),
                new Site("/", signIn.entraRoutes(), Gate.open(), nothing));
    }

    private static Optional<JournalFile.Opened> opened(SimulatorOptions options) throws IOException {
        return options.state().isPresent()
                ? Optional.of(JournalFile.open(options.state().get(), options.stateSync()))
                : Optional.empty();
    }

    /** How often the state was started from before: otherwise every start would draw the same random names. */
    private static int starts(Optional<JournalFile.Opened> kept) {
        if (kept.isEmpty()) {
            return 0;
        }
        Entry former = kept.get().state().remove(STARTS);
        int starts = former == null ? 0 : former.is().path("count").asInt() + 1;
        var entry = new Entry(STARTS, "starts", Json.object().put("count", starts));
        kept.get().journal().append(List.of(), List.of(entry));
        return starts;
    }

    private static ClusterBackend backend(SimulatorOptions options, Timeline timeline, Durations durations) {
        return switch (options.backend()) {
            case NONE -> new NoBackend();
            case LOCAL -> new LocalBackend(options.folder().resolve(CLUSTERS), timeline, durations);
        };
    }

    private static Reply unknownPath(Call call) {
        throw ArmError.gateway(
                404,
                "InvalidResourceType",
                "The resource type of '" + call.path() + "' could not be found for " + call.method() + ".");
    }

    /** Starts listening and writes endpoint.json, endpoint.env and ca.pem into the folder. */
    public static AksSimulator start(SimulatorOptions options) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        return start(options, threads, new ScaledTimeline(Clock.systemUTC(), options.timeScale(), threads));
    }

    /** With a time of the caller's making. */
    static AksSimulator start(SimulatorOptions options, ExecutorService threads, Timeline timeline) {
        return start(options, threads, timeline, Optional.empty());
    }

    /** With a time, and perhaps with clusters, of the caller's making. */
    static AksSimulator start(
            SimulatorOptions options, ExecutorService threads, Timeline timeline, Optional<ClusterBackend> backend) {
        try {
            var simulator = new AksSimulator(options, threads, timeline, backend);
            simulator.world.state().resume();
            simulator.world.aks().start();
            simulator.server.start();
            simulator.connection.write(options.folder());
            return simulator;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the simulator in " + options.folder(), e);
        }
    }

    /** The resource manager's address: {@code https://127.0.0.1:<port>}, without a slash at the end. */
    public String endpoint() {
        return connection.endpoint();
    }

    /** The authority host for sign-ins, with a slash at the end. */
    public String authority() {
        return connection.authority();
    }

    /** The certificate that clients must trust. */
    public String caPem() {
        return caPem;
    }

    public Path caFile() {
        return connection.caFile();
    }

    /** Environment variables for clients. */
    public Map<String, String> environment() {
        return connection.environment();
    }

    String shell() {
        return connection.shell();
    }

    /** Environment variables of a machine with a managed identity: both of its token endpoints are here. */
    public Map<String, String> machineEnvironment() {
        return connection.machineEnvironment();
    }

    public RequestLog requests() {
        return log;
    }

    /** How many calls there were, by what and whose. */
    public Tally tally() {
        return tally;
    }

    /** The way of every request, for clients in this process that do without a wire. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Trouble with single calls. */
    public Faults faults() {
        return faults;
    }

    /** Trouble with long-running operations. */
    public OperationFaults operationFaults() {
        return operationFaults;
    }

    /** Clusters with pools and machines, and all operations with start and end: what GET /simulator/state shows. */
    public ObjectNode state() {
        return world.aks().evidence();
    }

    @Override
    public void close() {
        server.close();
        timeline.close();
        backend.close();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("requests still running at the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
        log.close();
    }
}
