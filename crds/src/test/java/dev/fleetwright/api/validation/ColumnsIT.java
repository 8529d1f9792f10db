package dev.fleetwright.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.local.SharedCluster;
import dev.fleetwright.local.binaries.KubernetesBinaries;
import dev.fleetwright.local.binaries.Program;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees with kubectl: one line per object, the free text last, the rest within a terminal's width. */
final class ColumnsIT {
    private static final int WIDTH = 160;

    private static Admission admission;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        admission = Admission.start("columns");
        Files.writeString(
                folder.resolve("kubeconfig"), SharedCluster.management().kubeconfig());
        for (JsonNode row : Manifests.table("columns.yaml")) {
            store(row);
        }
    }

    @Test
    void a_cluster_tells_its_phase_readiness_version_place_and_nodes() throws Exception {
        assertThat(line("clusters"))
                .containsSubsequence("payments-weu-1", "Provisioned", "False", "True", "1.34.2", "westeurope", "23/24")
                .endsWith("waits for Nodepool blue: 1 of 24 nodes is not ready");
    }

    @Test
    void a_control_plane_tells_wanted_and_current_version_and_what_azure_does() throws Exception {
        assertThat(line("managedcontrolplanes"))
                .containsSubsequence("payments-weu-1", "1.34.2", "1.33.7", "Upgrading", "True")
                .endsWith("Azure upgrades the control plane from 1.33.7 to 1.34.2");
    }

    @Test
    void a_machine_pool_tells_nodes_wanted_and_ready_and_why_it_waits() throws Exception {
        assertThat(line("machinepools"))
                .containsSubsequence("System", "Standard_D8s_v5", "3", "2", "1.34.2", "ScalingUp", "False")
                .endsWith("2 of 3 nodes are ready; waits for aks-blue3f2a1-12345678-vmss000002");
    }

    @Test
    void a_nodepool_tells_how_far_its_replacement_is_and_what_it_waits_for() throws Exception {
        assertThat(line("nodepools"))
                .containsSubsequence("Standard_D8s_v5", "20/10", "Draining", "drained 4/10 nodes, 37/80 pods")
                .endsWith("pod shop/cart-6d4cf56db6-x2x7p waits for PodDisruptionBudget shop/cart");
    }

    @Test
    void every_short_name_and_the_category_work() throws Exception {
        for (String name : List.of("fwc", "fwcp", "fwmp", "fwnp", "fwnr", "fwac", "fwra", "fwas", "fwid")) {
            assertThat(kubectl(name)).as(name).isNotEmpty();
        }
        assertThat(kubectl("fleetwright")).hasSizeGreaterThan(9);
    }

    private static String line(String kind) throws Exception {
        List<String> lines = kubectl(kind);
        assertThat(lines).hasSize(2);
        String header = lines.get(0);
        assertThat(header).endsWith("STATUS");
        assertThat(header.indexOf("STATUS")).as(header).isLessThan(WIDTH);
        return lines.get(1);
    }

    private static List<String> kubectl(String kind) throws Exception {
        String program = KubernetesBinaries.resolve().path(Program.KUBECTL).toString();
        Process process = new ProcessBuilder(
                        program, "--kubeconfig", "kubeconfig", "-n", admission.namespace(), "get", kind)
                .redirectErrorStream(true)
                .directory(folder.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().filter(text -> !text.isBlank()).toList();
    }

    /** Spec and status are two writes, as they are for users and operators. */
    private static void store(JsonNode row) {
        ObjectNode manifest = Manifests.good(row.path("kind").asText(), "payments-weu-1");
        if (row.has("spec")) {
            Manifests.merge((ObjectNode) manifest.path("spec"), row.path("spec"));
        }
        GenericKubernetesResource stored = admission.apply(manifest);
        if (row.has("status")) {
            stored.setAdditionalProperty(
                    "status", Serialization.jsonMapper().convertValue(row.path("status"), Map.class));
            admission.apiServer().resource(stored).updateStatus();
        }
    }
}
