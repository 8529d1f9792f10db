package dev.fleetwright.launcher;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.launcher.evidence.Window;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The story of the demo: a cluster from one folder of YAML, workloads, one edit of a Nodepool, one edit of the version.
 * Each act is one {@code kubectl apply} and a wait for what the objects say; the judging comes after, from the witnesses.
 */
public final class Demo {
    static final String FLEET = "fleet";
    static final String CLUSTER = "payments-weu-1";
    private static final String APPS = CLUSTER + "-apps";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Checkout checkout;
    private final Stack stack;
    private final Screen screen;
    private final Kubectl kubectl;

    public Demo(Checkout checkout, Stack stack, Screen screen) {
        this.checkout = checkout;
        this.stack = stack;
        this.screen = screen;
        this.kubectl = stack.kubectl();
    }

    /** What the story left behind for the judge. */
    public record Acts(Window creation, Window replacement, Window upgrade, Workload workload) {}

    public Acts play() {
        try (var fleet = new FleetWatch(stack.client(), FLEET)) {
            Window creation = createCluster(fleet);
            Workload workload = rollOutWorkloads();
            screen.chapter("One edit of a Nodepool: bigger machines, more pods per node");
            Window replacement = edit(fleet, "1-nodepool-apps.yaml", Demo::poolsFollow);
            screen.chapter("One edit of the version: the control plane, then every pool");
            Window upgrade = edit(fleet, "2-upgrade.yaml", Demo::poolsFollow);
            return new Acts(creation, replacement, upgrade, workload);
        }
    }

    /** Applies the example fleet and waits until workloads can run on it. */
    Window createCluster(FleetWatch fleet) {
        screen.chapter("A cluster from one folder of YAML");
        FleetCredentials.apply(stack.client(), stack.simulator(), FLEET);
        Instant begin = Instant.now();
        apply(checkout.examples().resolve("fleet"), kubectl);
        fleet.await("cluster ready for workloads", PATIENCE, Demo::readyForWorkloads, this::show);
        clear(fleet);
        Window window = new Window(begin, Instant.now());
        screen.done(CLUSTER, "ready for workloads: images may be pulled, autoscaler set, nodes Ready", window.length());
        return window;
    }

    Workload rollOutWorkloads() {
        screen.chapter("Workloads with PodDisruptionBudgets");
        Workload workload = Workload.of(stack, FLEET, CLUSTER);
        Instant begin = Instant.now();
        apply(checkout.examples().resolve("workloads"), workload.kubectl());
        int pods = workload.awaitRollOut(PATIENCE, text -> screen.progress("workloads", -1, text));
        screen.done("workloads", pods + " pods ready", Duration.between(begin, Instant.now()));
        return workload;
    }

    private Window edit(FleetWatch fleet, String file, Predicate<FleetWatch> wanted) {
        Instant begin = Instant.now();
        Path manifest = checkout.examples().resolve("fleet-edit").resolve(file);
        apply(manifest, kubectl);
        // The watch may still show the objects as they were before the edit, and those are as wanted.
        List<HasMetadata> edited = Manifests.read(stack.client(), manifest).stream()
                .map(object -> stack.client().resource(object).get())
                .toList();
        fleet.await(
                "the edit carried out",
                PATIENCE,
                watch -> edited.stream().allMatch(watch::hasSeen) && wanted.test(watch),
                this::show);
        clear(fleet);
        Window window = new Window(begin, Instant.now());
        screen.done(CLUSTER, "as edited", window.length());
        return window;
    }

    private void apply(Path path, Kubectl with) {
        screen.say("$ kubectl apply -f " + checkout.root().relativize(path));
        with.apply(path);
    }

    private static boolean readyForWorkloads(FleetWatch fleet) {
        return !fleet.all(Cluster.class).isEmpty()
                && !fleet.all(Nodepool.class).isEmpty()
                && !fleet.all(AzureClusterAdditionalConfig.class).isEmpty()
                && fleet.all(Cluster.class).stream().allMatch(FleetWatch::isReady)
                && fleet.all(ManagedControlPlane.class).stream().allMatch(FleetWatch::isReady)
                && fleet.all(Nodepool.class).stream().allMatch(FleetWatch::isReady)
                && fleet.all(AzureClusterAdditionalConfig.class).stream().allMatch(FleetWatch::isReady);
    }

    /** True when every Nodepool has one pool left, shaped as its spec says, at the wanted version. */
    private static boolean poolsFollow(FleetWatch fleet) {
        ManagedControlPlane controlPlane =
                fleet.find(ManagedControlPlane.class, CLUSTER).orElseThrow();
        if (!readyForWorkloads(fleet)
                || !controlPlane
                        .getSpec()
                        .version()
                        .equals(controlPlane.getStatus().version())) {
            return false;
        }
        List<MachinePool> pools = fleet.all(MachinePool.class);
        return pools.size() == fleet.all(Nodepool.class).size()
                && pools.stream()
                        .allMatch(p -> FleetWatch.isReady(p)
                                && Objects.equals(
                                        p.getStatus().version(),
                                        controlPlane.getStatus().version()))
                && fleet.find(Nodepool.class, APPS)
                        .filter(n -> pools.stream()
                                .anyMatch(p -> p.getSpec()
                                        .template()
                                        .vmSize()
                                        .equals(n.getSpec().template().vmSize())))
                        .isPresent();
    }

    private void show(FleetWatch fleet) {
        fleet.find(ManagedControlPlane.class, CLUSTER)
                .ifPresent(
                        c -> screen.progress("control plane", FleetWatch.isReady(c) ? 1 : -1, FleetWatch.message(c)));
        for (Nodepool pool : fleet.all(Nodepool.class)) {
            NodepoolLine line = NodepoolLine.of(pool, fleet);
            screen.progress(pool.getMetadata().getName(), line.done(), line.text());
        }
    }

    private void clear(FleetWatch fleet) {
        screen.clear("control plane");
        fleet.all(Nodepool.class).forEach(p -> screen.clear(p.getMetadata().getName()));
    }
}
