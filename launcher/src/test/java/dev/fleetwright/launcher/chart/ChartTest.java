package dev.fleetwright.launcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as Helm itself renders it. */
class ChartTest {
    private static final Path CHART = Path.of("..", "helm", "fleetwright");
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    private static final String TRUSTING = "azure: {caBundle: '" + CERTIFICATE.replace("\n", "\n\n") + "'}";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @TempDir
    private Path folder;

    @Test
    void theLinterHasNothingToSay() {
        LintResult result = new Helm(CHART).lint().strict().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void eachOperatorIsOneDeploymentThatRunsAsItsOwnServiceAccount() {
        var objects = render("");
        assertThat(named(objects, Deployment.class).keySet())
                .containsExactlyInAnyOrder(
                        "fleetwright-controllers", "fleetwright-companion-operator", "fleetwright-nodepool-operator");
        assertThat(named(objects, ServiceAccount.class).keySet())
                .isEqualTo(named(objects, Deployment.class).keySet());
        named(objects, Deployment.class)
                .forEach((name, deployment) -> assertThat(
                                deployment.getSpec().getTemplate().getSpec().getServiceAccountName())
                        .isEqualTo(name));
        assertThat(container(objects, "controllers").getArgs()).endsWith("dev.fleetwright.controllers.ControllersMain");
        assertThat(container(objects, "companion-operator").getArgs())
                .endsWith("dev.fleetwright.companion.CompanionMain");
        assertThat(container(objects, "nodepool-operator").getArgs()).endsWith("dev.fleetwright.nodepool.NodepoolMain");
    }

    @Test
    void theNodepoolOperatorHasNothingOfAzure() {
        var objects = render(TRUSTING);
        assertThat(environment(objects, "controllers"))
                .containsKeys("AZURE_RESOURCE_MANAGER_ENDPOINT", "AZURE_AUTHORITY_HOST", "AZURE_CA_BUNDLE");
        assertThat(environment(objects, "nodepool-operator"))
                .containsOnlyKeys(
                        "FLEETWRIGHT_NAMESPACE",
                        "FLEETWRIGHT_WATCH_NAMESPACES",
                        "FLEETWRIGHT_HTTP_ADDRESS",
                        "FLEETWRIGHT_LEADER_ELECTION",
                        "FLEETWRIGHT_INSTANCE");
        var rules = rules(objects, "nodepool-operator");
        assertThat(verbs(rules, "fleetwright.dev", "azureclusteridentities")).isEmpty();
        assertThat(verbs(rules, "fleetwright.dev", "managedcontrolplanes")).containsExactly("get", "list", "watch");
        assertThat(verbs(rules, "", "secrets")).containsExactly("get", "list", "watch");
    }

    @Test
    void noOperatorMayWriteTheStatusOfAnothersKinds() {
        var objects = render("");
        Map<String, Set<String>> writers = Map.of(
                "controllers",
                Set.of(
                        "clusters/status",
                        "managedcontrolplanes/status",
                        "machinepools/status",
                        "azureclusteridentities/status"),
                "companion-operator",
                Set.of(
                        "azureclusteradditionalconfigs/status",
                        "azureclusterautoscalers/status",
                        "azureroleassignments/status"),
                "nodepool-operator",
                Set.of("nodepools/status", "nodepoolreplacements/status"));
        writers.forEach((component, statuses) -> assertThat(rules(objects, component).stream()
                        .flatMap(rule -> rule.getResources().stream())
                        .filter(resource -> resource.endsWith("/status")))
                .as(component)
                .containsExactlyInAnyOrderElementsOf(statuses));
    }

    @Test
    void noRuleHasAWildcardAndNothingButEventsAndNamespacesIsSharedBetweenGroups() {
        var objects = render("");
        var roles = named(objects, ClusterRole.class).values();
        assertThat(roles).hasSize(4);
        for (var rule : roles.stream().flatMap(role -> role.getRules().stream()).toList()) {
            assertThat(Stream.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs())
                            .flatMap(Collection::stream))
                    .doesNotContain("*");
        }
        assertThat(verbs(rules(objects, "companion-operator"), "", "secrets")).containsExactly("get", "list", "watch");
        assertThat(verbs(rules(objects, "companion-operator"), "fleetwright.dev", "managedcontrolplanes"))
                .containsExactly("get", "list", "patch", "watch");
        assertThat(verbs(rules(objects, "controllers"), "", "secrets"))
                .containsExactly("create", "delete", "get", "list", "patch", "update", "watch");
    }

    @Test
    void watchedNamespacesBoundTheRightsToo() {
        var everywhere = render("");
        assertThat(named(everywhere, ClusterRoleBinding.class)).hasSize(4);

        var bounded = render("watchNamespaces: [fleet, edge]");
        assertThat(named(bounded, ClusterRoleBinding.class)).containsOnlyKeys("fleetwright-namespace-reader");
        assertThat(bounded.stream()
                        .filter(RoleBinding.class::isInstance)
                        .map(object -> object.getMetadata().getNamespace())
                        .collect(Collectors.groupingBy(namespace -> namespace, Collectors.counting())))
                .isEqualTo(Map.of("fleet", 3L, "edge", 3L, "fleetwright-system", 1L));
        assertThat(environment(bounded, "controllers")).containsEntry("FLEETWRIGHT_WATCH_NAMESPACES", "fleet,edge");
    }

    @Test
    void aCaBundleIsMountedWhereTheEnvironmentSaysItIs() {
        assertThat(environment(render(""), "controllers")).doesNotContainKey("AZURE_CA_BUNDLE");

        var objects = render(TRUSTING);
        var path = Path.of(environment(objects, "companion-operator").get("AZURE_CA_BUNDLE"));
        assertThat(container(objects, "companion-operator").getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo(String.valueOf(path.getParent())));
        assertThat(named(objects, ConfigMap.class)
                        .get("fleetwright-azure-ca-bundle")
                        .getData())
                .containsEntry(String.valueOf(path.getFileName()), CERTIFICATE);
    }

    @Test
    void theTimeScaleIsToldOnlyWhenItIsNotReal() {
        assertThat(environment(render(""), "controllers")).doesNotContainKey("FLEETWRIGHT_TIME_SCALE");
        assertThat(environment(render("timeScale: 40"), "nodepool-operator"))
                .containsEntry("FLEETWRIGHT_TIME_SCALE", "40");
    }

    @Test
    void wrongValuesAreRefusedBeforeAnythingIsInstalled() {
        for (var wrong : List.of(
                "azure: {authorityHost: 'http://login.example'}",
                "azure: {caBundle: ca.pem}",
                "timeScale: 0",
                "replica: 3",
                "controllers: {replicas: -1}",
                "watchNamespaces: [Fleet]")) {
            assertThatThrownBy(() -> render(wrong))
                    .as(wrong)
                    .hasMessageContaining("values don't meet the specifications of the schema");
        }
        assertThatThrownBy(() -> render("{leaderElection: false, controllers: {replicas: 2}}"))
                .hasMessageContaining("two processes would work on the same objects");
    }

    @Test
    void theHealthScriptsAreRenderedOnRequestForEveryReconciledKind() throws Exception {
        assertThat(named(render(""), ConfigMap.class)).isEmpty();

        var scripts = named(render("argocd: {healthScripts: true}"), ConfigMap.class)
                .get("fleetwright-argocd-health")
                .getData();
        assertThat(scripts).hasSize(8);
        var script = Files.readString(CHART.resolve("files").resolve("health.lua"));
        assertThat(scripts.get("resource.customizations.health.fleetwright.dev_Nodepool"))
                .isEqualTo(script);
    }

    @Test
    void aServiceMonitorBringsTheServiceItSelects() {
        var kinds = render("serviceMonitor: {enabled: true}").stream()
                .map(HasMetadata::getKind)
                .toList();
        assertThat(kinds).contains("Service", "ServiceMonitor");
        assertThat(render("")).extracting(HasMetadata::getKind).doesNotContain("Service", "ServiceMonitor");
    }

    @Test
    void withoutAFixedPortThereAreNoProbes() {
        var objects = render("http: {address: 127.0.0.1, port: 0}");
        assertThat(environment(objects, "controllers")).containsEntry("FLEETWRIGHT_HTTP_ADDRESS", "127.0.0.1:0");
        assertThat(container(objects, "controllers").getLivenessProbe()).isNull();
    }

    /** The chart under these values, a YAML text. */
    private List<HasMetadata> render(String values) {
        var file = folder.resolve("values.yaml");
        try {
            Files.writeString(file, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = new Helm(CHART)
                .template()
                .withName("fleetwright")
                .withNamespace("fleetwright-system")
                .skipCrds()
                .withValuesFile(file)
                .call();
        return Arrays.stream(text.split("(?m)^---\\s*$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .<HasMetadata>map(YAML::unmarshal)
                .toList();
    }

    private static <T extends HasMetadata> Map<String, T> named(List<HasMetadata> objects, Class<T> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .collect(Collectors.toMap(object -> object.getMetadata().getName(), object -> object));
    }

    private static Container container(List<HasMetadata> objects, String component) {
        return named(objects, Deployment.class)
                .get("fleetwright-" + component)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static Map<String, String> environment(List<HasMetadata> objects, String component) {
        return container(objects, component).getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValueFrom() == null
                                ? variable.getValue()
                                : variable.getValueFrom().getFieldRef().getFieldPath()));
    }

    private static List<PolicyRule> rules(List<HasMetadata> objects, String component) {
        return named(objects, ClusterRole.class).get("fleetwright-" + component).getRules();
    }

    private static Set<String> verbs(List<PolicyRule> rules, String group, String resource) {
        return rules.stream()
                .filter(rule -> rule.getApiGroups().contains(group)
                        && rule.getResources().contains(resource))
                .flatMap(rule -> rule.getVerbs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
