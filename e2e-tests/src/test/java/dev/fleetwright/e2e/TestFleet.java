package dev.fleetwright.e2e;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.launcher.FleetWatch;
import dev.fleetwright.launcher.Kubectl;
import dev.fleetwright.launcher.Stack;
import dev.fleetwright.launcher.Workload;
import dev.fleetwright.local.audit.AuditEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The example fleet under names of its own, so that tests do not meet: cluster, namespace, resource group and identity.
 * Everything is done with kubectl, on files, as a user would.
 */
final class TestFleet implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String EXAMPLE = "payments-weu-1";

    private final Stack stack;
    private final String cluster;
    private final Path folder;
    private final Kubectl kubectl;
    private final FleetWatch watch;

    private TestFleet(Stack stack, String cluster, Path folder) {
        this.stack = stack;
        this.cluster = cluster;
        this.folder = folder;
        this.kubectl = stack.kubectl();
        this.watch = new FleetWatch(stack.client(), cluster);
    }

    /** The files of the example, renamed; nothing is applied yet but the namespace and the credentials. */
    static TestFleet named(String cluster) throws IOException {
        return in(TheStack.get(), cluster);
    }

    /** The same in another stack than the shared one. */
    static TestFleet in(Stack stack, String cluster) throws IOException {
        Path folder = Files.createTempDirectory("fleet-" + cluster);
        var fleet = new TestFleet(stack, cluster, folder);
        fleet.write(
                "secret.yaml", """
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %s}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: azure-credentials, namespace: %s}
                    stringData: {clientSecret: "%s"}
                    """.formatted(cluster, cluster, stack.simulator().clientSecret()));
        fleet.kubectl.apply(folder.resolve("secret.yaml"));
        fleet.rename(TheStack.checkout().examples().resolve("fleet"), folder.resolve("fleet"));
        return fleet;
    }

    /** Applies the whole folder and waits until workloads can run. */
    TestFleet create() {
        kubectl.apply(folder.resolve("fleet"));
        await("ready for workloads", TestFleet::ready);
        return this;
    }

    String cluster() {
        return cluster;
    }

    String apps() {
        return cluster + "-apps";
    }

    Path files() {
        return folder.resolve("fleet");
    }

    Kubectl kubectl() {
        return kubectl;
    }

    FleetWatch watch() {
        return watch;
    }

    Workload workload() {
        return Workload.of(stack, cluster, cluster);
    }

    /** The example's workloads, for this cluster's apps pool; waits until all are ready. */
    Workload rollOutWorkloads() throws IOException {
        rename(TheStack.checkout().examples().resolve("workloads"), folder.resolve("workloads"));
        Workload workload = workload();
        workload.kubectl().apply(folder.resolve("workloads"));
        workload.awaitRollOut(PATIENCE, text -> {});
        return workload;
    }

    /** Changes one text in one file of the fleet, and applies that file: what an edit in git comes to. */
    void edit(String file, String from, String to) throws IOException {
        replaceIn(file, from, to);
        kubectl.apply(files().resolve(file));
    }

    /** Applies YAML text; the names of the example in it become this fleet's. */
    void apply(String yaml) throws IOException {
        write("one.yaml", renamed(yaml));
        kubectl.apply(folder.resolve("one.yaml"));
    }

    /** The same, into the workload cluster. */
    void applyTo(Workload workload, String yaml) throws IOException {
        write("workload.yaml", renamed(yaml));
        workload.kubectl().apply(folder.resolve("workload.yaml"));
    }

    /** Changes one text in one file of the fleet, without applying it. */
    void replaceIn(String file, String from, String to) throws IOException {
        Path path = files().resolve(file);
        String before = Files.readString(path);
        if (!before.contains(from)) {
            throw new IllegalArgumentException(file + " does not contain " + from);
        }
        Files.writeString(path, before.replace(from, to));
    }

    void await(String what, Predicate<FleetWatch> wanted) {
        watch.await(what, PATIENCE, wanted, fleet -> {});
    }

    /** Waits until the apps Nodepool runs on machines of this size alone, and everything is ready. */
    void awaitReplaced(String vmSize) {
        await(
                "apps pool on " + vmSize,
                fleet -> ready(fleet)
                        && fleet.all(MachinePool.class).stream()
                                .filter(pool -> pool.getSpec().mode().equals("User"))
                                .map(pool -> pool.getSpec().template().vmSize())
                                .toList()
                                .equals(List.of(vmSize)));
    }

    Nodepool appsPool() {
        return watch.find(Nodepool.class, apps()).orElseThrow();
    }

    /** Deletes the folder and waits, as kubectl does, until it is gone; the Cluster may take Nodepools along before their turn. */
    void delete() {
        kubectl.run("delete", "--ignore-not-found", "--wait=true", "--timeout=240s", "-f", files().toString());
    }

    /** True for a cordon or another write to a Node by the nodepool-operator that the API server accepted. */
    static boolean isNodeWrite(AuditEvent event) {
        return event.resource().equals("nodes")
                && event.userAgent().startsWith("fleetwright-nodepool-operator")
                && event.succeeded();
    }

    static boolean ready(FleetWatch fleet) {
        return Stream.of(Cluster.class, ManagedControlPlane.class, Nodepool.class, AzureClusterAdditionalConfig.class)
                .allMatch(kind -> !fleet.all(kind).isEmpty()
                        && fleet.all(kind).stream().map(HasMetadata.class::cast).allMatch(FleetWatch::isReady));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void rename(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                Files.writeString(to.resolve(file.getFileName()), renamed(Files.readString(file)));
            }
        }
    }

    private String renamed(String yaml) {
        return yaml.replace(EXAMPLE, cluster)
                .replace("namespace: fleet\n", "namespace: " + cluster + "\n")
                .replace("name: fleet\n", "name: " + cluster + "\n");
    }

    @Override
    public void close() {
        watch.close();
    }
}
