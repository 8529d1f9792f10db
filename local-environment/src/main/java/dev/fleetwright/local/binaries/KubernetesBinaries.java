package dev.fleetwright.local.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that holds the programs of a control plane.
 *
 * @param folder absolute path; its file names are those of {@link Program#fileName()}
 */
public record KubernetesBinaries(Path folder) {
    /** Environment variable or system property: a folder of binaries. Nothing is built when it is set. */
    public static final String FOLDER_SETTING = "FLEETWRIGHT_KUBERNETES_BINARIES";

    /** What controller-runtime's envtest reads. Followed only if the folder is complete: envtest's own is not. */
    private static final String ENVTEST_SETTING = "KUBEBUILDER_ASSETS";

    private static final Set<Program> OPTIONAL = EnumSet.of(Program.KWOK);

    /**
     * The folder named by {@value #FOLDER_SETTING}; or by KUBEBUILDER_ASSETS if it holds everything; or the user's
     * cache, in which whatever is missing is built with Go first (about seven minutes on two cores, once per version).
     *
     * @param progress receives a line whenever something is built, for a person to read
     * @throws BinariesUnavailableException if a named folder lacks a program, or if something must be built and Go is
     *     missing or fails
     */
    public static KubernetesBinaries resolve(Consumer<String> progress) {
        return resolve(KubernetesBinaries::setting, progress);
    }

    /** {@link #resolve(Consumer)} with progress on standard error. */
    public static KubernetesBinaries resolve() {
        return resolve(System.err::println);
    }

    static KubernetesBinaries resolve(Settings settings, Consumer<String> progress) {
        Optional<Path> named = settings.get(FOLDER_SETTING).map(Path::of);
        if (named.isPresent()) {
            var binaries = new KubernetesBinaries(named.get().toAbsolutePath());
            binaries.require(EnumSet.complementOf(EnumSet.copyOf(OPTIONAL)));
            return binaries;
        }
        Optional<KubernetesBinaries> envtest = settings.get(ENVTEST_SETTING)
                .map(folder -> new KubernetesBinaries(Path.of(folder).toAbsolutePath()))
                .filter(found -> found.missing(EnumSet.allOf(Program.class)).isEmpty());
        if (envtest.isPresent()) {
            return envtest.get();
        }
        return new KubernetesBinaries(new BinaryCache(cacheRoot(settings), new GoToolchain(settings)).fill(progress));
    }

    /** Where the program is, whether it exists or not. */
    public Path path(Program program) {
        return folder.resolve(program.fileName());
    }

    /** kwok's own descriptions of how nodes and pods behave, as its Go module ships them. */
    public Path kwokStages() {
        return folder.resolve(BinaryCache.KWOK_STAGES);
    }

    /**
     * Insists on these programs.
     *
     * @throws BinariesUnavailableException naming every program of these that the folder does not hold
     */
    public void require(Collection<Program> programs) {
        Set<Program> missing = missing(programs);
        if (!missing.isEmpty()) {
            throw new BinariesUnavailableException(
                    "The folder %s lacks %s (it holds: %s).\nAdd them, or unset %s to have them built."
                            .formatted(folder, names(missing), held(), FOLDER_SETTING));
        }
    }

    private Set<Program> missing(Collection<Program> programs) {
        return programs.stream()
                .filter(program -> !Files.isExecutable(path(program))
                        || (program == Program.KWOK && !Files.isDirectory(kwokStages())))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Program.class)));
    }

    private String held() {
        String held = Arrays.stream(Program.values())
                .filter(program -> Files.isExecutable(path(program)))
                .map(Program::fileName)
                .collect(Collectors.joining(", "));
        return held.isEmpty() ? "none of them" : held;
    }

    private static String names(Set<Program> programs) {
        return programs.stream()
                .map(program -> program == Program.KWOK
                        ? "kwok with its stage files in " + BinaryCache.KWOK_STAGES + "/"
                        : program.fileName())
                .collect(Collectors.joining(", "));
    }

    private static Path cacheRoot(Settings settings) {
        return settings.get("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("fleetwright");
    }

    private static Optional<String> setting(String name) {
        return Stream.of(System.getProperty(name, ""), System.getenv().getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** Looks up an environment variable or system property; blank counts as absent. */
    @FunctionalInterface
    interface Settings {
        Optional<String> get(String name);

        static Settings of(Map<String, String> values) {
            return name -> Optional.ofNullable(values.get(name));
        }
    }
}
