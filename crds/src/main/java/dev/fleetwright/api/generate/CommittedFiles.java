package dev.fleetwright.api.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The generated files as they lie in the source tree. */
record CommittedFiles(Path folder) {

    List<Path> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    /** One line for every file that is missing, too many, or not byte for byte as generated. */
    List<String> differingFrom(SortedMap<String, String> generated) throws IOException {
        List<String> differing = new ArrayList<>();
        for (Path file : list()) {
            if (!generated.containsKey(file.getFileName().toString())) {
                differing.add("no longer generated: " + file.getFileName());
            }
        }
        for (String name : generated.keySet()) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                differing.add("missing: " + name);
            } else if (!Files.readString(file).equals(generated.get(name))) {
                differing.add("stale: " + name);
            }
        }
        return differing;
    }
}
