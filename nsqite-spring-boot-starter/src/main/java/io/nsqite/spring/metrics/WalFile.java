package io.nsqite.spring.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The write-ahead log of a database. */
record WalFile(Path path) {

    static WalFile of(Path database) {
        return new WalFile(database.resolveSibling(database.getFileName() + "-wal"));
    }

    /** In bytes; not a number if it can't be told. */
    double size() {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0; // the last connection that closes deletes it
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
