import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks (or, with {@code write}, rewrites) the formatting of every Java source below a folder.
 *
 * <p>Run by the build in the toolchain's JVM: the formatter parses with the JDK it runs in, and Maven's own is too old.
 * Exit status 1 when a source is not formatted.
 */
final class Format {
    public static void main(String[] args) throws Exception {
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]);
        List<Path> sources;
        try (var files = Files.walk(root)) {
            sources = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !root.relativize(f).toString().matches("(^|.*/)(target|\\..*)/.*"))
                    .sorted()
                    .toList();
        }
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        List<Path> unformatted = new ArrayList<>();
        sources.parallelStream().forEach(file -> {
            if (differs(formatter, file, write)) {
                synchronized (unformatted) {
                    unformatted.add(root.relativize(file));
                }
            }
        });
        if (unformatted.isEmpty()) {
            System.out.println(sources.size() + " sources formatted");
            return;
        }
        unformatted.stream().sorted().forEach(f -> System.out.println((write ? "rewritten: " : "not formatted: ") + f));
        if (!write) {
            System.out.println("mend with: mvn -N -Dformat=write process-resources");
            System.exit(1);
        }
    }

    private static boolean differs(Formatter formatter, Path file, boolean write) {
        try {
            String before = Files.readString(file);
            String after = formatter.formatSourceAndFixImports(before);
            if (before.equals(after)) {
                return false;
            }
            if (write) {
                Files.writeString(file, after);
            }
            return true;
        } catch (IOException | FormatterException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
