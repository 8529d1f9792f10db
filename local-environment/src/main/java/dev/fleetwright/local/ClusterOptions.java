package dev.fleetwright.local;

import dev.fleetwright.local.binaries.KubernetesBinaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What cluster to start. Values are built from {@link #management} or {@link #workload} and changed by copies.
 *
 * @param name lower-case letters, digits and hyphens; part of folder names and kubeconfig contexts
 * @param components the processes to run; etcd and the API server always are among them
 * @param folder where the cluster lives; empty: a new one among the temporary files, deleted when the cluster is closed
 * @param binaries the programs; empty: {@link KubernetesBinaries#resolve()}
 * @param detached true: the processes go on when this JVM ends, until {@link LocalCluster#attach} and close
 * @param auditPolicy a YAML audit policy; empty: the one that ships with this module
 * @param podTimings how long fake pods take to become ready and to end
 * @param extraStages further kwok stage files
 * @param definitions folders of CustomResourceDefinitions that are there before the controller-manager starts. Its garbage
 *     collector knows their kinds from the start; it learns of later ones within 30 s, and until then an object of theirs
 *     that waits for its dependents does not end
 */
public record ClusterOptions(
        String name,
        Set<Component> components,
        Optional<Path> folder,
        Optional<KubernetesBinaries> binaries,
        boolean detached,
        Optional<String> auditPolicy,
        PodTimings podTimings,
        List<Path> extraStages,
        List<Path> definitions) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    public ClusterOptions {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a cluster name: " + name);
        }
        var complete = EnumSet.of(Component.ETCD, Component.API_SERVER);
        complete.addAll(components);
        components = Collections.unmodifiableSet(complete);
        extraStages = List.copyOf(extraStages);
        definitions = List.copyOf(definitions);
    }

    /** A cluster that holds objects and runs no pods: etcd, API server, controller-manager. */
    public static ClusterOptions management(String name) {
        return of(name, EnumSet.of(Component.CONTROLLER_MANAGER));
    }

    /** A cluster whose nodes and pods kwok plays: every component. Nodes are the Node objects with at least one label. */
    public static ClusterOptions workload(String name) {
        return of(name, EnumSet.allOf(Component.class));
    }

    private static ClusterOptions of(String name, Set<Component> components) {
        return new ClusterOptions(
                name,
                components,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                PodTimings.DEFAULT,
                List.of(),
                List.of());
    }

    /** In this folder, which is made if need be and stays when the cluster is closed. */
    public ClusterOptions in(Path newFolder) {
        return new ClusterOptions(
                name,
                components,
                Optional.of(newFolder),
                binaries,
                detached,
                auditPolicy,
                podTimings,
                extraStages,
                definitions);
    }

    public ClusterOptions with(KubernetesBinaries newBinaries) {
        return new ClusterOptions(
                name,
                components,
                folder,
                Optional.of(newBinaries),
                detached,
                auditPolicy,
                podTimings,
                extraStages,
                definitions);
    }

    /** Outlives this JVM. Needs {@link #in a folder}, by which it is found again. */
    public ClusterOptions detach() {
        return new ClusterOptions(
                name, components, folder, binaries, true, auditPolicy, podTimings, extraStages, definitions);
    }

    public ClusterOptions with(PodTimings newTimings) {
        return new ClusterOptions(
                name, components, folder, binaries, detached, auditPolicy, newTimings, extraStages, definitions);
    }

    public ClusterOptions withAuditPolicy(String yaml) {
        return new ClusterOptions(
                name, components, folder, binaries, detached, Optional.of(yaml), podTimings, extraStages, definitions);
    }

    public ClusterOptions withStage(Path stageFile) {
        var stages = new ArrayList<>(extraStages);
        stages.add(stageFile);
        return new ClusterOptions(
                name, components, folder, binaries, detached, auditPolicy, podTimings, stages, definitions);
    }

    public ClusterOptions withDefinitions(Path definitionFolder) {
        var all = new ArrayList<>(definitions);
        all.add(definitionFolder);
        return new ClusterOptions(
                name, components, folder, binaries, detached, auditPolicy, podTimings, extraStages, all);
    }

    public ClusterOptions without(Component component) {
        var fewer = EnumSet.copyOf(components);
        fewer.remove(component);
        return new ClusterOptions(
                name, fewer, folder, binaries, detached, auditPolicy, podTimings, extraStages, definitions);
    }
}
