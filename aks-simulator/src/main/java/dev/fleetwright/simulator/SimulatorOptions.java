package dev.fleetwright.simulator;

import dev.fleetwright.simulator.aks.Behaviours;
import dev.fleetwright.simulator.aks.KubernetesVersions;
import dev.fleetwright.simulator.aks.Quotas;
import dev.fleetwright.simulator.arm.Regions;
import dev.fleetwright.simulator.entra.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a simulator is started with. Begin with {@link #in} and change what should differ.
 *
 * @param folder everything is written below it
 * @param port on 127.0.0.1; 0 for any free one
 * @param hostNames further names for the server's certificate, beside 127.0.0.1 and localhost
 * @param timeScale Azure seconds per second: 38 turns 76 s into 2 s
 * @param seed of every random choice
 * @param subscriptions tenant id by subscription id
 * @param principals who may sign in
 * @param tokenLifetime in wall-clock time
 * @param registries ARM ids of container registries that exist from the start, with their resource groups
 * @param throttling whether the published token buckets are enforced
 * @param backend what stands behind managed clusters
 */
public record SimulatorOptions(
        Path folder,
        int port,
        List<String> hostNames,
        double timeScale,
        long seed,
        Map<String, String> subscriptions,
        List<Principal> principals,
        Duration tokenLifetime,
        List<String> registries,
        boolean throttling,
        Backend backend,
        Regions regions,
        KubernetesVersions versions,
        Quotas quotas,
        Behaviours behaviours) {

    /** What stands behind managed clusters. */
    public enum Backend {
        /** ARM alone. */
        NONE,
        /** A real API server on this machine for every cluster, with nodes that kwok runs. */
        LOCAL
    }

    public SimulatorOptions {
        hostNames = List.copyOf(hostNames);
        var lowerCase = new TreeMap<String, String>();
        subscriptions.forEach((id, tenant) -> lowerCase.put(id.toLowerCase(Locale.ROOT), tenant));
        subscriptions = Map.copyOf(lowerCase);
        principals = List.copyOf(principals);
        registries = List.copyOf(registries);
    }

    /** Nothing behind the clusters, real time, no subscription and nobody who may sign in. */
    public static SimulatorOptions in(Path folder) {
        return new SimulatorOptions(
                folder,
                0,
                List.of(),
                1,
                1,
                Map.of(),
                List.of(),
                Duration.ofHours(1),
                List.of(),
                true,
                Backend.NONE,
                new Regions(Regions.DEFAULT),
                new KubernetesVersions(KubernetesVersions.DEFAULT),
                Quotas.unlimited(),
                Behaviours.standard());
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(
                folder,
                newPort,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withHostNames(List<String> names) {
        return new SimulatorOptions(
                folder,
                port,
                names,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withTimeScale(double scale) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                scale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                newSeed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withSubscription(String id, String tenantId) {
        var all = new TreeMap<>(subscriptions);
        all.put(id, tenantId);
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                all,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withPrincipal(Principal principal) {
        var all = new ArrayList<>(principals);
        all.add(principal);
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                all,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withTokenLifetime(Duration lifetime) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                lifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withRegistry(String armId) {
        var all = new ArrayList<>(registries);
        all.add(armId);
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                all,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withThrottling(boolean enforced) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                enforced,
                backend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withBackend(Backend newBackend) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                newBackend,
                regions,
                versions,
                quotas,
                behaviours);
    }

    public SimulatorOptions withVersions(List<String> offered) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                new KubernetesVersions(offered),
                quotas,
                behaviours);
    }

    public SimulatorOptions withQuotas(Quotas newQuotas) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                newQuotas,
                behaviours);
    }

    public SimulatorOptions withBehaviours(Behaviours newBehaviours) {
        return new SimulatorOptions(
                folder,
                port,
                hostNames,
                timeScale,
                seed,
                subscriptions,
                principals,
                tokenLifetime,
                registries,
                throttling,
                backend,
                regions,
                versions,
                quotas,
                newBehaviours);
    }
}
