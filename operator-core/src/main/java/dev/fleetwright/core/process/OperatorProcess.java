package dev.fleetwright.core.process;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.event.KubernetesEventRecorder;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.EdgeRegistration;
import dev.fleetwright.core.reconcile.Watch;
import dev.fleetwright.core.workload.ClusterConnections;
import dev.fleetwright.core.workload.ConnectionTimes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operator as a process. A main class is one line:
 * {@code OperatorProcess.run("fleetwright-controllers", ControllersMain.class, process -> wire(process));}
 */
public final class OperatorProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    /** Reconciles in work when we are told to stop may finish and write their status; then they are cut off. */
    private static final Duration LAST_WORK = Duration.ofSeconds(20);

    private static final Duration FIRST_LISTING = Duration.ofMinutes(2);
    private static final int RECONCILES_AT_ONCE = 20;
    private static final int CANNOT_START = 1;
    private static final int LEADERSHIP_LOST = 3;

    private final Settings settings;
    private final UserAgent agent;
    private final IntConsumer halt;
    private final InstantSource clock = InstantSource.system();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health(clock);
    private final KubernetesClient client;
    private final KubernetesEventRecorder events;
    private final HttpEndpoints http;
    private final LeaderLease lease;
    private final Operator operator;
    private final EdgeRegistration registration;
    private final List<Watch<?>> watches = new ArrayList<>();
    private final List<AutoCloseable> closedLast = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Makes the client and serves health; nothing is reconciled before {@link #start}.
     *
     * @param halt ends the process at once with the given code; called when leadership is lost
     */
    public OperatorProcess(Settings settings, UserAgent agent, IntConsumer halt) {
        this.settings = settings;
        this.agent = agent;
        this.halt = halt;
        this.client = KubernetesClients.management(settings.kubeconfig(), agent);
        this.events = new KubernetesEventRecorder(client, agent.operator(), clock);
        this.lease = new LeaderLease(
                client,
                settings.namespace(),
                agent.operator(),
                settings.instance().orElseGet(() -> agent.operator() + "-" + UUID.randomUUID()));
        this.operator = new Operator(this::configure);
        this.registration = new EdgeRegistration(
                operator,
                client,
                agent.operator(),
                settings.watchNamespaces(),
                events,
                metrics,
                clock,
                RandomGenerator.getDefault(),
                settings::scaled);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        health.require("controllers", started::get);
        this.http = new HttpEndpoints(settings.httpAddress(), health, metrics);
    }

    /**
     * Runs an operator until the process is told to end: wires it, starts it, waits.
     *
     * @param operatorName for example fleetwright-controllers: user agent, field manager, lease, event source
     */
    public static void run(String operatorName, Class<?> main, Consumer<OperatorProcess> wire) {
        try {
            var process = new OperatorProcess(
                    Settings.fromEnvironment(), UserAgent.of(operatorName, main), Runtime.getRuntime()::halt);
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
            wire.accept(process);
            process.start();
            process.awaitStop();
        } catch (Settings.InvalidSettingException e) {
            LOG.error("{} cannot start: {}", operatorName, e.getMessage());
            Runtime.getRuntime().exit(CANNOT_START);
        } catch (RuntimeException e) {
            LOG.error("{} cannot start", operatorName, e);
            Runtime.getRuntime().exit(CANNOT_START);
        }
    }

    public Settings settings() {
        return settings;
    }

    public UserAgent userAgent() {
        return agent;
    }

    /** Of the management cluster. Closed with the process. */
    public KubernetesClient client() {
        return client;
    }

    public MeterRegistry metrics() {
        return metrics;
    }

    public EventRecorder events() {
        return events;
    }

    public InstantSource clock() {
        return clock;
    }

    public Health health() {
        return health;
    }

    /** Where health and metrics are served, with the port that was picked. */
    public InetSocketAddress httpAddress() {
        return http.address();
    }

    /** Before {@link #start}. */
    public <R extends CustomResource<?, T>, T extends ConditionedStatus> void add(Controller<R, T> controller) {
        registration.register(controller);
    }

    /**
     * A cache of another kind, in the watched namespaces; synced before the first pass. Before {@link #start}.
     *
     * @param labelSelector empty selects all
     * @param index keys for {@link Watch#lookup}
     */
    public <X extends HasMetadata> Watch<X> watch(
            Class<X> kind, String labelSelector, Function<X, List<String>> index) {
        var watch = new Watch<>(client, kind, labelSelector, settings.watchNamespaces(), index);
        watches.add(watch);
        return watch;
    }

    /** A cache without an index. */
    public <X extends HasMetadata> Watch<X> watch(Class<X> kind) {
        return watch(kind, "", any -> List.of());
    }

    /**
     * Connections to all workload clusters whose kubeconfig Secrets are in the watched namespaces. Before
     * {@link #start}; once.
     */
    public ClusterConnections connectWorkloadClusters() {
        var times = ConnectionTimes.defaults();
        int timeout = Math.toIntExact(times.callTimeout().toMillis());
        var connections = new ClusterConnections(
                (kubeconfig, executor) -> KubernetesClients.workload(kubeconfig, agent, timeout, executor),
                times,
                clock);
        connections.follow(watch(Secret.class, ClusterConnections.CLUSTER_LABEL, any -> List.of()));
        metrics.gauge("fleetwright_workload_clusters", connections, ClusterConnections::size);
        metrics.gauge("fleetwright_workload_clusters_connected", connections, ClusterConnections::connected);
        closeLast(connections);
        return connections;
    }

    /** Closed after the controllers have ended, in the reverse order of the calls, and before the client. */
    public void closeLast(AutoCloseable resource) {
        closedLast.add(resource);
    }

    /**
     * Starts watches and controllers, and competes for the lease if so configured; returns when caches are synced.
     *
     * @throws IllegalStateException when a cache does not sync within two minutes
     */
    public void start() {
        LOG.info("{} starts, health and metrics on {}", agent.value(), httpAddress());
        for (var watch : watches) {
            health.require("cache of " + watch.kindName(), watch::synced);
            watch.start();
        }
        awaitSync();
        operator.start();
        started.set(true);
        LOG.info("{} started", agent.value());
    }

    /** Ends work in order: controllers, lease, watches, connections, client. May be called twice. */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        LOG.info("{} stops", agent.value());
        quietly(operator::stop);
        if (settings.leaderElection()) {
            lease.release();
        }
        watches.forEach(OperatorProcess::quietly);
        closedLast.reversed().forEach(OperatorProcess::quietly);
        quietly(events);
        quietly(http);
        quietly(client);
        stopped.countDown();
    }

    /** Returns when {@link #close} is done. */
    public void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void configure(ConfigurationServiceOverrider framework) {
        framework
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(LAST_WORK)
                .withConcurrentReconciliationThreads(RECONCILES_AT_ONCE)
                .withConcurrentWorkflowExecutorThreads(1)
                // For adding the finalizer: an apply keeps those of others, which a JSON patch of a stale list would
                // overwrite. It cannot make an object that has gone, since every kind requires its spec.
                .withUseSSAToPatchPrimaryResource(true)
                .withInformerStoppedHandler((informer, error) -> {
                    if (!stopping.get()) {
                        var kind = informer.getApiTypeClass().getSimpleName();
                        LOG.error("the informer of {} ended; blind for this kind until a restart", kind, error);
                        health.informerStopped(kind);
                    }
                });
        if (settings.leaderElection()) {
            framework.withLeaderElectionConfiguration(LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                            lease.name())
                    .withLeaseNamespace(lease.namespace())
                    .withIdentity(lease.identity())
                    .withExitOnStopLeading(false)
                    .withLeaderCallbacks(new LeaderCallbacks(
                            () -> LOG.info("{} leads", lease.identity()),
                            this::leadershipEnded,
                            leader -> LOG.info("the leader is {}", leader)))
                    .build());
        }
    }

    /** Without this the framework goes on reconciling although another process leads. */
    private void leadershipEnded() {
        if (!stopping.get()) {
            LOG.error("leadership lost, ending at once");
            halt.accept(LEADERSHIP_LOST);
        }
    }

    private void awaitSync() {
        var deadline = clock.instant().plus(FIRST_LISTING);
        var pause = new CountDownLatch(1);
        try {
            while (!watches.stream().allMatch(Watch::synced)) {
                if (clock.instant().isAfter(deadline)) {
                    throw new IllegalStateException("caches did not sync within " + FIRST_LISTING + ": "
                            + watches.stream()
                                    .filter(watch -> !watch.synced())
                                    .map(Watch::kindName)
                                    .toList());
                }
                if (pause.await(20, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while caches sync", e);
        }
    }

    private static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("closing failed", e);
        }
    }
}
