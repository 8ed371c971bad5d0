package io.nsqite.owner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which file a path leads to, found without opening it: closing a descriptor of a database drops its locks. */
final class FileIdentity {

    private final Path path;
    private final @Nullable Object key;

    private FileIdentity(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    static FileIdentity of(Path path) throws SQLException {
        try {
            return new FileIdentity(path, key(path));
        } catch (IOException e) {
            throw new SQLException(
                    "The database file %s can't be looked at: %s; was it moved or deleted?"
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    /** Whether the path still leads to the same file. */
    boolean isKept() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    String explanation() {
        return "The database file %s was deleted or replaced while it was open; what is written now would be lost. Restart the application"
                .formatted(path);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
