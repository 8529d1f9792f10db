package dev.fleetwright.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files of one cluster. Nobody but the user can read them: the keys of an administrator are among them. */
record ClusterFolder(Path path) {
    private static final String PRIVATE = "rw-------";

    static ClusterFolder open(Path path) {
        try {
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            Files.createDirectories(path);
            if (posix) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            return new ClusterFolder(path.toRealPath());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make " + path, failure);
        }
    }

    static ClusterFolder temporary(String name) {
        try {
            return open(Files.createTempDirectory("fleetwright-" + name + "-"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path kubeconfig(Component component) {
        return file(component.program().fileName() + ".kubeconfig");
    }

    Path adminKubeconfig() {
        return file("admin.kubeconfig");
    }

    Path auditLog() {
        return file("audit.log");
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException failure) {
            throw new UncheckedIOException("not the folder of a cluster: " + path, failure);
        }
    }

    Path write(String name, String text) {
        try {
            Path file = file(name);
            Path whole = Files.createTempFile(path, name, ".tmp");
            if (Files.getFileStore(whole).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString(PRIVATE));
            }
            Files.writeString(whole, text);
            return Files.move(whole, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file(name), failure);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Deletes everything; what cannot be deleted stays, since nothing depends on its absence. */
    void delete() {
        try (Stream<Path> tree = Files.walk(path)) {
            tree.sorted(Comparator.reverseOrder())
                    .forEach(entry -> entry.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            // A file vanished while it was listed.
        }
    }
}
