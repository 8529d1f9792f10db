package dev.fleetwright.api.validation;

import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscalerSpec;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentSpec;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterSpec;
import dev.fleetwright.api.v1alpha1.IdentityRef;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec;
import dev.fleetwright.api.v1alpha1.NodepoolSpec;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.api.v1alpha1.ReplacementPolicy;
import dev.fleetwright.api.v1alpha1.Scaling;
import dev.fleetwright.testing.Gen;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random objects of every kind that the API server must accept, with most fields unset about every other time. */
final class ValidSpecs {
    private static final Gen<String> NAMES = Gen.strings("abcdefgh", 1, 6);
    private static final Gen<String> VERSIONS = Gen.elements("1.32", "1.33.0", "v1.33.10", "1.34.2");
    private static final Gen<String> DURATIONS = Gen.elements("0s", "90s", "1h30m", "10m");
    private static final Gen<String> SHARES = Gen.elements("1", "3", "25%", "100%");
    private static final Gen<String> ARM_IDS =
            NAMES.map(name -> "/subscriptions/s/resourceGroups/g/providers/p/t/" + name);

    private final RandomGenerator random;

    private ValidSpecs(RandomGenerator random) {
        this.random = random;
    }

    /** One object of a random kind, named after nothing yet. */
    static Gen<CustomResource<?, ?>> objects() {
        return random -> new ValidSpecs(random).object();
    }

    private CustomResource<?, ?> object() {
        return switch (random.nextInt(12)) {
            case 0 -> with(new Cluster(), cluster());
            case 1, 2 -> with(new ManagedControlPlane(), controlPlane());
            case 3, 4, 5 -> with(new MachinePool(), machinePool());
            case 6, 7 -> with(new Nodepool(), nodepool());
            case 8 -> with(new NodepoolReplacement(), replacement());
            case 9 -> with(new AzureClusterAdditionalConfig(), additionalConfig());
            case 10 ->
                random.nextBoolean()
                        ? with(new AzureRoleAssignment(), roleAssignment())
                        : with(new AzureClusterAutoscaler(), autoscaler());
            default -> with(new AzureClusterIdentity(), identity());
        };
    }

    private static <S> CustomResource<S, ?> with(CustomResource<S, ?> object, S spec) {
        object.setSpec(spec);
        return object;
    }

    private ClusterSpec cluster() {
        return new ClusterSpec(ref(), maybe(flag()), maybe(one("Delete", "Orphan")), maybe(flag()));
    }

    private ManagedControlPlaneSpec controlPlane() {
        Boolean issuer = maybe(flag());
        boolean hasIssuer = issuer != null && issuer;
        var aad = maybe(
                new ManagedControlPlaneSpec.Aad(maybe(flag()), maybe(flag()), some(NAMES, 3), maybe(some(NAMES))));
        return new ManagedControlPlaneSpec(
                ref(),
                new IdentityRef(some(NAMES), maybe(some(NAMES))),
                "11111111-2222-3333-4444-555555555555",
                some(NAMES),
                maybe(some(NAMES)),
                maybe(some(NAMES)),
                one("westeurope", "northeurope"),
                some(VERSIONS),
                maybe(some(NAMES)),
                maybe(new ManagedControlPlaneSpec.Sku(maybe(one("Free", "Standard", "Premium")))),
                maybe(network()),
                maybe(apiServerAccess()),
                aad,
                aad == null ? null : maybe(flag()),
                issuer,
                hasIssuer ? maybe(flag()) : null,
                maybe(new ManagedControlPlaneSpec.AutoUpgrade(
                        maybe(one("patch", "node-image")), maybe(one("NodeImage", "None")))),
                maybe(profile()),
                texts());
    }

    private ManagedControlPlaneSpec.Network network() {
        boolean cilium = flag();
        String services = maybe("10.0.0.0/16");
        return new ManagedControlPlaneSpec.Network(
                maybe("azure"),
                cilium ? "overlay" : maybe("overlay"),
                cilium ? "cilium" : maybe(one("azure", "calico", "none")),
                cilium ? "cilium" : maybe("azure"),
                maybe("10.244.0.0/16"),
                services,
                services == null ? null : maybe("10.0.0.10"),
                maybe(one("loadBalancer", "userDefinedRouting")),
                maybe("standard"));
    }

    private ManagedControlPlaneSpec.ApiServerAccess apiServerAccess() {
        return flag()
                ? new ManagedControlPlaneSpec.ApiServerAccess(List.of(), true, maybe(one("system", "none")))
                : new ManagedControlPlaneSpec.ApiServerAccess(List.of("203.0.113.0/24"), maybe(false), null);
    }

    private MachinePoolSpec machinePool() {
        boolean system = random.nextInt(3) == 0;
        boolean scales = flag();
        return new MachinePoolSpec(
                ref(),
                some(NAMES),
                system ? "System" : "User",
                template(system),
                scales ? null : random.nextInt(1, 10),
                scales ? new Scaling(random.nextInt(1, 4), random.nextInt(4, 10)) : null,
                maybe(one("", "1.33.1", "1.34")),
                maybe(objectRef()));
    }

    private NodepoolSpec nodepool() {
        boolean system = random.nextInt(3) == 0;
        boolean scales = flag();
        return new NodepoolSpec(
                ref(),
                system ? "System" : maybe("User"),
                template(system),
                scales ? null : random.nextInt(1, 10),
                scales ? new Scaling(random.nextInt(1, 4), random.nextInt(4, 10)) : null,
                maybe(one("", "1.33.1", "1.34")),
                maybe(flag()),
                maybe(new ReplacementPolicy(
                        maybe(some(SHARES)),
                        maybe(some(DURATIONS)),
                        maybe(some(DURATIONS)),
                        maybe(new ReplacementPolicy.Drain(
                                maybe(some(DURATIONS)),
                                maybe(one("Wait", "Delete")),
                                maybe(some(SHARES)),
                                maybe(some(DURATIONS)))))));
    }

    private AgentPoolTemplate template(boolean system) {
        boolean windows = !system && random.nextInt(4) == 0;
        boolean spot = !system && random.nextInt(4) == 0;
        boolean publicAddress = flag();
        return new AgentPoolTemplate(
                one("Standard_D8s_v5", "Standard_D4s_v5"),
                windows ? "Windows" : maybe("Linux"),
                maybe(windows ? "Windows2022" : one("Ubuntu", "AzureLinux")),
                maybe(random.nextInt(0, 2049)),
                maybe(one("Managed", "Ephemeral")),
                maybe(one("OS", "Temporary")),
                maybe(random.nextInt(30, 251)),
                one(List.of(), List.of("1"), List.of("3", "1")),
                spot ? "Spot" : maybe("Regular"),
                spot ? maybe(one("Delete", "Deallocate")) : null,
                spot ? maybe(one("-1", "0.25")) : null,
                maybe(some(ARM_IDS)),
                maybe(some(ARM_IDS)),
                maybe(flag()),
                maybe(flag()),
                maybe(flag()),
                publicAddress ? Boolean.TRUE : maybe(false),
                publicAddress ? maybe(some(ARM_IDS)) : null,
                maybe(some(ARM_IDS)),
                maybe(some(ARM_IDS)),
                texts(),
                one(List.of(), List.of("a=b:NoSchedule"), List.of("a:NoExecute", "b=:PreferNoSchedule")),
                texts(),
                maybe(new AgentPoolTemplate.UpgradeSettings(maybe("10%"), maybe(30), maybe(0))));
    }

    private NodepoolReplacementSpec replacement() {
        return new NodepoolReplacementSpec(
                objectRef(),
                ref(),
                objectRef(),
                List.of(objectRef()),
                one(List.of(), List.of(new NodepoolReplacementSpec.Change("vmSize", maybe("a"), maybe("b")))));
    }

    private AzureClusterAdditionalConfigSpec additionalConfig() {
        String registries = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/";
        var one = new AzureClusterAdditionalConfigSpec.ContainerRegistry(registries + "one");
        var two = new AzureClusterAdditionalConfigSpec.ContainerRegistry(registries + "two");
        return new AzureClusterAdditionalConfigSpec(
                ref(), one(List.of(), List.of(one), List.of(two, one)), maybe(profile()));
    }

    private AzureRoleAssignmentSpec roleAssignment() {
        return new AzureRoleAssignmentSpec(
                ref(), some(ARM_IDS), "AcrPull", some(NAMES), maybe(one("ServicePrincipal", "User", "Group")));
    }

    private AzureClusterAutoscalerSpec autoscaler() {
        return new AzureClusterAutoscalerSpec(ref(), profile());
    }

    private AzureClusterIdentitySpec identity() {
        String type =
                one("WorkloadIdentity", "ServicePrincipal", "ServicePrincipalCertificate", "UserAssignedIdentity");
        return new AzureClusterIdentitySpec(
                type,
                type.startsWith("User") ? maybe("tenant") : "tenant",
                "client",
                type.startsWith("Service")
                        ? new AzureClusterIdentitySpec.SecretKeyRef(some(NAMES), maybe(some(NAMES)))
                        : null,
                maybe(new AzureClusterIdentitySpec.AllowedNamespaces(
                        one(List.of(), List.of("fleet", "other")), texts())));
    }

    private AutoscalerProfile profile() {
        return new AutoscalerProfile(
                maybe(flag()),
                maybe(one("random", "least-waste")),
                maybe(10),
                maybe(600),
                maybe("15m"),
                maybe(45),
                maybe("0s"),
                maybe(3),
                maybe("10s"),
                maybe("10m"),
                maybe("10s"),
                maybe("3m"),
                maybe("10m"),
                maybe("20m"),
                maybe(one("0.5", "1", "0")),
                maybe(flag()),
                maybe(flag()));
    }

    private LocalRef ref() {
        return new LocalRef(some(NAMES));
    }

    private ObjectRef objectRef() {
        return new ObjectRef("fleetwright.dev/v1alpha1", "Nodepool", maybe("ns"), some(NAMES), maybe("uid"));
    }

    private Map<String, String> texts() {
        return one(Map.of(), Map.of("team", "a"), Map.of("acme.example/tier", "Gold_1", "empty", ""));
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private <T> T some(Gen<T> gen) {
        return gen.next(random);
    }

    private List<String> some(Gen<String> gen, int most) {
        return gen.listOf(0, most).next(random).stream().distinct().toList();
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> @Nullable T maybe(T value) {
        return flag() ? value : null;
    }
}
