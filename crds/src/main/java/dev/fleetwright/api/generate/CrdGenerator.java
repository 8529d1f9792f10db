package dev.fleetwright.api.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes one file per kind, named as fabric8 and the operator SDK's test extension look for them:
 * {@code machinepools.fleetwright.dev-v1.yml}.
 */
public final class CrdGenerator {
    /** Every kind, in the order of the design's table. */
    public static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            Cluster.class,
            ManagedControlPlane.class,
            MachinePool.class,
            Nodepool.class,
            NodepoolReplacement.class,
            AzureClusterAdditionalConfig.class,
            AzureRoleAssignment.class,
            AzureClusterAutoscaler.class,
            AzureClusterIdentity.class);

    private static final String REFRESH = "mvn -pl crds -am -Dcrds=write process-classes";

    private static final String HEADER = """
        # Generated from the Java types of the module crds. Not to be edited here; after a change of the types run
        #   %s
        """.formatted(REFRESH);

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private CrdGenerator() {}

    /**
     * Checks or writes the files.
     *
     * @param args the folder of the files, and {@code check} or {@code write}
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        switch (args[1]) {
            case "write" -> write(folder, generate());
            case "check" -> {
                List<String> stale = new CommittedFiles(folder).differingFrom(generate());
                if (!stale.isEmpty()) {
                    stale.forEach(System.err::println);
                    System.err.println("The CustomResourceDefinitions of the chart do not fit the Java types."
                            + " Refresh and commit them with: " + REFRESH);
                    System.exit(1);
                }
            }
            default -> throw new IllegalArgumentException("-Dcrds must be check or write, but is " + args[1]);
        }
    }

    /** File name and content of every CRD; the same types always give the same bytes. */
    public static SortedMap<String, String> generate() {
        CollectedOutput raw = new CollectedOutput();
        new CRDGenerator()
                .withOutput(raw)
                .forCRDVersions("v1")
                .withParallelGenerationEnabled(false)
                .customResourceClasses(new ArrayList<Class<? extends HasMetadata>>(KINDS))
                .detailedGenerate();
        SortedMap<String, String> files = new TreeMap<>();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            String name = HasMetadata.getFullResourceName(kind) + "-v1";
            try {
                ObjectNode crd = (ObjectNode) YAML.readTree(raw.text(name));
                CrdDocument.complete(crd, kind);
                files.put(name + ".yml", HEADER + YAML.writeValueAsString(crd));
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (Path old : new CommittedFiles(folder).list()) {
            if (!files.containsKey(old.getFileName().toString())) {
                Files.delete(old);
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Keeps in memory what fabric8 would write to files. */
    private static final class CollectedOutput implements CRDGenerator.CRDOutput<OutputStream> {
        private final Map<String, ByteArrayOutputStream> documents = new TreeMap<>();

        @Override
        public OutputStream outputFor(String name) {
            return documents.computeIfAbsent(name, n -> new ByteArrayOutputStream());
        }

        @Override
        public void close() {}

        String text(String name) {
            ByteArrayOutputStream document = documents.get(name);
            if (document == null) {
                throw new IllegalStateException(
                        "no CRD was generated for " + name + ", only for " + documents.keySet());
            }
            return document.toString(StandardCharsets.UTF_8);
        }
    }
}
