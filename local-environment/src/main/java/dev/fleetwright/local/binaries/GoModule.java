package dev.fleetwright.local.binaries;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the small Go modules that pin the programs; they ship as resources beside this class. */
record GoModule(String text) {
    private static final Pattern GO_VERSION = Pattern.compile("(?m)^go (\\S+)$");
    private static final Pattern REQUIREMENT = Pattern.compile("(?m)^require (\\S+) (\\S+)$");
    private static final List<String> FILES = List.of("go.mod", "go.sum", "tools.go");

    static GoModule shipped(String name) {
        try (InputStream in = resource(name, "go.mod")) {
            return new GoModule(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static GoModule read(Path file) {
        try {
            return new GoModule(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes the module into a folder, so that Go can work in it. */
    static void unpack(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            try (InputStream in = resource(name, file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
    }

    /** The oldest Go that builds it, such as {@code 1.26.0}. */
    String goVersion() {
        return find(GO_VERSION, 1);
    }

    /** The one module it asks for directly, such as {@code k8s.io/kubernetes}. */
    String subject() {
        return find(REQUIREMENT, 1);
    }

    /** The version of {@link #subject()}, such as {@code v1.36.3}. */
    String version() {
        return find(REQUIREMENT, 2);
    }

    private String find(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("a go.mod without " + pattern);
        }
        return matcher.group(group);
    }

    private static InputStream resource(String name, String file) {
        InputStream in = GoModule.class.getResourceAsStream(name + "/" + file);
        if (in == null) {
            throw new IllegalStateException("not packaged: " + name + "/" + file);
        }
        return in;
    }
}
