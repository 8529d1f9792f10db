package dev.fleetwright.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** kwok's own stages of nodes and pods, with our times put into those of the pods, which have none. */
final class KwokStages {
    private static final List<String> NODES =
            List.of("node/fast/node-initialize.yaml", "node/heartbeat/node-heartbeat.yaml");
    private static final String POD_READY = "pod/fast/pod-ready.yaml";
    private static final String POD_COMPLETE = "pod/fast/pod-complete.yaml";
    private static final String POD_DELETE = "pod/fast/pod-delete.yaml";

    private final Path shipped;

    /** @param shipped the folder of stages from kwok's Go module */
    KwokStages(Path shipped) {
        this.shipped = shipped;
    }

    String yaml(PodTimings timings) {
        var stages = NODES.stream().map(this::load).collect(Collectors.toCollection(ArrayList::new));
        stages.add(delayed(POD_READY, timings.readyMin(), timings.readyMax()));
        stages.add(delayed(POD_COMPLETE, timings.readyMin(), timings.readyMax()));
        stages.add(delayed(POD_DELETE, timings.endMin(), timings.endMax()));
        return stages.stream().map(Serialization::asYaml).collect(Collectors.joining("---\n"));
    }

    private ObjectNode delayed(String file, Duration min, Duration max) {
        ObjectNode stage = load(file);
        String annotation = ".metadata.annotations[\"%s.stage.kwok.x-k8s.io/%s\"]";
        String name = stage.at("/metadata/name").asText();
        ObjectNode delay = stage.withObject("/spec/delay");
        delay.put("durationMilliseconds", min.toMillis());
        delay.putObject("durationFrom").put("expressionFrom", annotation.formatted(name, "delay"));
        delay.put("jitterDurationMilliseconds", max.toMillis());
        delay.putObject("jitterDurationFrom").put("expressionFrom", annotation.formatted(name, "jitter-delay"));
        return stage;
    }

    private ObjectNode load(String file) {
        try {
            return Serialization.unmarshal(Files.readString(shipped.resolve(file)), ObjectNode.class);
        } catch (IOException failure) {
            throw new UncheckedIOException("kwok's stages are incomplete: " + file, failure);
        }
    }
}
