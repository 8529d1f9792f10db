package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.AksProvider;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.ArmGate;
import dev.fleetwright.simulator.arm.Budgets;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.arm.OperationRoutes;
import dev.fleetwright.simulator.arm.ResourceGroups;
import dev.fleetwright.simulator.arm.RoleAssignments;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.NoBackend;
import dev.fleetwright.simulator.backend.local.LocalBackend;
import dev.fleetwright.simulator.entra.Entra;
import dev.fleetwright.simulator.entra.Tokens;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.CertificateAuthority;
import dev.fleetwright.simulator.http.Faults;
import dev.fleetwright.simulator.http.Gate;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.RequestLog;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.SimulatorServer;
import dev.fleetwright.simulator.http.Site;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.state.JournalFile;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.ScaledTimeline;
import dev.fleetwright.simulator.time.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running simulator of ARM, AKS and Entra on 127.0.0.1. Thread-safe.
 *
 * <p>{@code try (var azure = AksSimulator.start(options)) { … }}; closing it ends every workload cluster that it started.
 */
public final class AksSimulator implements AutoCloseable {
    /** Sub-folder with one folder per workload cluster, named by the key in the state dump. */
    private static final String CLUSTERS = "clusters";

    private static final String STARTS = "/simulator/starts";

    private final ExecutorService threads;
    private final Timeline timeline;
    private final ClusterBackend backend;
    private final SimulatorServer server;
    private final RequestLog log;
    private final Faults faults = new Faults();
    private final OperationFaults operationFaults = new OperationFaults();
    private final AksProvider aks;
    private final Journal journal;
    private final SimulatorState state;
    private final String caPem;
    private final Connection connection;

    private AksSimulator(SimulatorOptions options, ExecutorService threads, Timeline timeline) throws IOException {
        this.threads = threads;
        this.timeline = timeline;
        Files.createDirectories(options.folder());
        log = new RequestLog(options.folder().resolve("requests.jsonl"));
        Optional<JournalFile.Opened> kept = opened(options);
        journal = kept.<Journal>map(JournalFile.Opened::journal).orElse(Journal.NOWHERE);
        var random = new SplittableRandom(options.seed() + starts(kept));
        var durations = Durations.published(random.split());
        backend = backend(options, timeline, durations);
        var subscriptions = new Subscriptions(options.subscriptions(), timeline);
        var tokens = new Tokens(options.principals(), options.tokenLifetime());
        var resources = new SimpleResources(subscriptions, options.regions());
        var settings =
                new AksProvider.Settings(options.regions(), options.versions(), options.quotas(), options.behaviours());
        aks = new AksProvider(subscriptions, settings, timeline, durations, backend, operationFaults, random.split());
        var groups = new ResourceGroups(subscriptions, options.regions(), timeline, durations);
        state = new SimulatorState(subscriptions, aks, groups);
        kept.ifPresent(found -> state.replace(found.state().values()));
        subscriptions.keepIn(journal);
        options.registries().forEach(resources::preset);

        var arm = new ArrayList<Route>();
        arm.addAll(aks.routes());
        arm.addAll(subscriptions.routes());
        arm.addAll(groups.routes());
        arm.addAll(resources.routes());
        arm.addAll(new RoleAssignments(subscriptions, timeline, options.principals()).routes());
        arm.addAll(new OperationRoutes(subscriptions, timeline, options.behaviours()).routes());
        var gate = new ArmGate(tokens, subscriptions, timeline, new Budgets(options.throttling(), timeline));
        var control = new ArrayList<>(new ControlRoutes(faults, operationFaults, log, aks::evidence).routes());
        control.addAll(new SnapshotRoutes(state, options.backend()).routes());
        var sites = List.of(
                new Site("/simulator/", control, Gate.open(), call -> Reply.empty(404)),
                new Site("/subscriptions", arm, gate, AksSimulator::unknownPath),
                new Site("/providers/", arm, gate, AksSimulator::unknownPath),
                new Site("/", new Entra(tokens, timeline).routes(), Gate.open(), call -> Reply.empty(404)));

        var authority = CertificateAuthority.create(timeline.now());
        caPem = authority.pem();
        Path caFile = options.folder().toAbsolutePath().resolve("ca.pem");
        Files.writeString(caFile, caPem);
        var names = new ArrayList<>(List.of("127.0.0.1", "localhost"));
        names.addAll(options.hostNames());
        server = new SimulatorServer(
                options.port(), authority.serverContext(names), sites, timeline, log, faults, threads);
        String base = "https://127.0.0.1:" + server.port();
        connection = new Connection(base, base + "/", caFile, options);
    }

    private static Optional<JournalFile.Opened> opened(SimulatorOptions options) throws IOException {
        return options.state().isPresent()
                ? Optional.of(JournalFile.open(options.state().get()))
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
        try {
            var simulator = new AksSimulator(options, threads, timeline);
            simulator.state.resume();
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

    public RequestLog requests() {
        return log;
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
        return aks.evidence();
    }

    @Override
    public void close() {
        server.close();
        timeline.close();
        backend.close();
        SimulatorServer.end(threads);
        journal.close();
        log.close();
    }
}
