package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.rules.KubernetesVersions;
import dev.fleetwright.simulator.aks.rules.Quotas;
import dev.fleetwright.simulator.arm.Regions;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.entra.SigningKey;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a simulator is started with. Begin with {@link #in} and change what should differ; each change gives another
 * object. A new option is a field with its default, a {@code with} method and an accessor.
 */
public final class SimulatorOptions implements Cloneable {
    private final Path folder;
    private int port;
    private List<String> hostNames = List.of();
    private double timeScale = 1;
    private long seed = 1;
    private Map<String, String> subscriptions = Map.of();
    private List<Principal> principals = List.of();
    private Duration tokenLifetime = Duration.ofHours(1);
    private Map<String, JsonNode> issuerKeys = Map.of();
    private List<X509Certificate> issuerAuthorities = List.of();
    private Optional<SigningKey> signingKey = Optional.empty();
    private Optional<Path> secretFile = Optional.empty();
    private List<String> registries = List.of();
    private boolean throttling = true;
    private Backend backend = Backend.NONE;
    private Optional<Path> state = Optional.empty();
    private boolean stateSync;
    private Regions regions = new Regions(Regions.DEFAULT);
    private KubernetesVersions versions = new KubernetesVersions(KubernetesVersions.DEFAULT);
    private Quotas quotas = Quotas.unlimited();
    private Behaviours behaviours = Behaviours.standard();

    /** What stands behind managed clusters. */
    public enum Backend {
        /** ARM alone. */
        NONE,
        /** A real API server on this machine for every cluster, with nodes that kwok runs. */
        LOCAL
    }

    private SimulatorOptions(Path folder) {
        this.folder = folder;
    }

    /** Nothing behind the clusters, real time, no subscription and nobody who may sign in. */
    public static SimulatorOptions in(Path folder) {
        return new SimulatorOptions(folder);
    }

    private SimulatorOptions with(Consumer<SimulatorOptions> change) {
        try {
            var changed = (SimulatorOptions) clone();
            change.accept(changed);
            return changed;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> append(List<T> list, T more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }

    /** On 127.0.0.1; 0 for any free one. */
    public SimulatorOptions withPort(int newPort) {
        return with(options -> options.port = newPort);
    }

    /** Further names for the server's certificate, beside 127.0.0.1 and localhost. */
    public SimulatorOptions withHostNames(List<String> names) {
        return with(options -> options.hostNames = List.copyOf(names));
    }

    /** Azure seconds per second, above 0: 38 turns 76 s into 2 s. */
    public SimulatorOptions withTimeScale(double scale) {
        return with(options -> options.timeScale = scale);
    }

    /** The seed of every random choice. */
    public SimulatorOptions withSeed(long newSeed) {
        return with(options -> options.seed = newSeed);
    }

    /** One more subscription; its id is taken without regard to case. */
    public SimulatorOptions withSubscription(String id, String tenantId) {
        var all = new TreeMap<>(subscriptions);
        all.put(id.toLowerCase(Locale.ROOT), tenantId);
        return with(options -> options.subscriptions = Map.copyOf(all));
    }

    /** One more application that may sign in. */
    public SimulatorOptions withPrincipal(Principal principal) {
        return with(options -> options.principals = append(principals, principal));
    }

    /** In wall-clock time. */
    public SimulatorOptions withTokenLifetime(Duration lifetime) {
        return with(options -> options.tokenLifetime = lifetime);
    }

    /** The key that tokens are signed with, instead of one made at the first sign-in: to save its making, or to share it. */
    public SimulatorOptions withSigningKey(SigningKey key) {
        return with(options -> options.signingKey = Optional.of(key));
    }

    /** Where the first application's secret is written, for the environment that clients are told. */
    public SimulatorOptions withSecretFile(Path file) {
        return with(options -> options.secretFile = Optional.of(file));
    }

    /**
     * The keys of another issuer whose tokens are exchanged, which then is never asked for them.
     *
     * @param keySet a JSON Web Key Set
     */
    public SimulatorOptions withIssuerKeys(String issuer, JsonNode keySet) {
        var all = new TreeMap<>(issuerKeys);
        all.put(issuer, keySet);
        return with(options -> options.issuerKeys = Map.copyOf(all));
    }

    /** One more authority that is trusted when other issuers are asked for their keys. */
    public SimulatorOptions withIssuerAuthority(X509Certificate authority) {
        return with(options -> options.issuerAuthorities = append(issuerAuthorities, authority));
    }

    /** One more container registry that exists from the start, with its resource group. */
    public SimulatorOptions withRegistry(String armId) {
        return with(options -> options.registries = append(registries, armId));
    }

    /** Whether the published token buckets are enforced. */
    public SimulatorOptions withThrottling(boolean enforced) {
        return with(options -> options.throttling = enforced);
    }

    public SimulatorOptions withBackend(Backend newBackend) {
        return with(options -> options.backend = newBackend);
    }

    /** A folder from which the simulator continues and in which every accepted change is kept. */
    public SimulatorOptions withState(Path folderOfState) {
        return with(options -> options.state = Optional.of(folderOfState));
    }

    /** Whether a change of the state is on the disk itself before its reply, so that it survives a power cut. */
    public SimulatorOptions withStateSync(boolean sync) {
        return with(options -> options.stateSync = sync);
    }

    /** The Kubernetes versions on offer, such as "1.34.2". */
    public SimulatorOptions withVersions(List<String> offered) {
        return with(options -> options.versions = new KubernetesVersions(offered));
    }

    public SimulatorOptions withQuotas(Quotas newQuotas) {
        return with(options -> options.quotas = newQuotas);
    }

    public SimulatorOptions withBehaviours(Behaviours newBehaviours) {
        return with(options -> options.behaviours = newBehaviours);
    }

    /** Everything is written below it. */
    public Path folder() {
        return folder;
    }

    public int port() {
        return port;
    }

    public List<String> hostNames() {
        return hostNames;
    }

    public double timeScale() {
        return timeScale;
    }

    public long seed() {
        return seed;
    }

    /** Tenant id by lower-case subscription id. */
    public Map<String, String> subscriptions() {
        return subscriptions;
    }

    public List<Principal> principals() {
        return principals;
    }

    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    public Optional<SigningKey> signingKey() {
        return signingKey;
    }

    public Optional<Path> secretFile() {
        return secretFile;
    }

    /** Key sets by issuer. */
    public Map<String, JsonNode> issuerKeys() {
        return issuerKeys;
    }

    public List<X509Certificate> issuerAuthorities() {
        return issuerAuthorities;
    }

    /** ARM ids. */
    public List<String> registries() {
        return registries;
    }

    public boolean throttling() {
        return throttling;
    }

    public Backend backend() {
        return backend;
    }

    public Optional<Path> state() {
        return state;
    }

    public boolean stateSync() {
        return stateSync;
    }

    public Regions regions() {
        return regions;
    }

    public KubernetesVersions versions() {
        return versions;
    }

    public Quotas quotas() {
        return quotas;
    }

    public Behaviours behaviours() {
        return behaviours;
    }
}
