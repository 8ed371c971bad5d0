package io.nsqite.owner;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A transaction that needs the side file could not use it. */
final class SideFileFailure extends SQLException {

    private static final long serialVersionUID = 1L;

    private final IOException ioException;

    SideFileFailure(Path sideFile, IOException cause) {
        super(
                "The side file %s can't be used: %s; let the process read and write it and its folder"
                        .formatted(sideFile, cause.getMessage()),
                cause);
        ioException = cause;
    }

    IOException ioException() {
        return ioException;
    }
}
