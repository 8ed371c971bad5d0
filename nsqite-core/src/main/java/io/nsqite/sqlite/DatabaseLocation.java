package io.nsqite.sqlite;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the settings lead. */
final class DatabaseLocation {

    private static final int OPEN_IN_MEMORY = 0x80;

    private final ConnectionSettings settings;

    DatabaseLocation(ConnectionSettings settings) {
        this.settings = settings;
    }

    /** @throws UnsuitableDatabaseException if there is no file to speak of */
    void refuseMemory() {
        String name = settings.fileName().trim().toLowerCase(Locale.ROOT);
        boolean memory = name.isEmpty()
                || name.equals("file:")
                || name.startsWith(":memory:")
                || name.startsWith("file::memory:")
                || "memory".equalsIgnoreCase(settings.value("mode"))
                || "memdb".equalsIgnoreCase(settings.value("vfs"))
                || (settings.openMode() & OPEN_IN_MEMORY) != 0;
        if (memory) {
            throw inMemory();
        }
    }

    static UnsuitableDatabaseException inMemory() {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "app-" + UUID.randomUUID() + ".db");
        return new UnsuitableDatabaseException(
                Problem.IN_MEMORY,
                "The database lives in memory, where every connection has one of its own, or readers and writers refuse each other.",
                "Use a file, a temporary one for tests: " + ConnectionSettings.PREFIX + file);
    }

    /**
     * The file with all links resolved, which need not exist yet; null where only the driver knows (its {@code :resource:} names).
     *
     * @throws UnsuitableDatabaseException if its folder does not exist, or a link on the way to it can't be followed
     */
    @Nullable
    Path realPath() {
        String name = settings.fileName();
        if (name.startsWith(":resource:")) {
            return null;
        }
        Path path = Path.of(name.startsWith("file:") ? pathOf(name) : name).toAbsolutePath();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UnsuitableDatabaseException(
                    Problem.MISSING_FOLDER,
                    "The database is to be %s, but there is no folder %s.".formatted(path, folder),
                    "Create the folder, or correct the URL.");
        }
        return resolveLinks(path, folder);
    }

    /**
     * The same for a path that SQLite gave.
     *
     * @throws UnsuitableDatabaseException if it can't be followed
     */
    static Path realPath(String file) {
        Path path = Path.of(file).toAbsolutePath();
        Path folder = path.getParent();
        return folder == null ? path : resolveLinks(path, folder);
    }

    private static Path resolveLinks(Path path, Path folder) {
        try {
            return Files.exists(path) ? path.toRealPath() : folder.toRealPath().resolve(path.getFileName());
        } catch (IOException e) {
            throw new UnsuitableDatabaseException(
                    Problem.UNRESOLVED_PATH,
                    "The database is to be %s, but that path, with its links, can't be followed: %s."
                            .formatted(path, e),
                    "Let this process read the folders on the way, or correct the URL.",
                    e);
        }
    }

    /** The path in a {@code file:} URL as SQLite reads it: with or without a host, percent signs decoded. */
    private static String pathOf(String url) {
        String path = url.substring("file:".length());
        int fragment = path.indexOf('#');
        if (fragment >= 0) {
            path = path.substring(0, fragment);
        }
        if (path.startsWith("//")) {
            int slash = path.indexOf('/', 2);
            path = slash < 0 ? "" : path.substring(slash);
        }
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
