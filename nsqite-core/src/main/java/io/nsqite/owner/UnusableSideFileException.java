package io.nsqite.owner;

import io.nsqite.error.SetupException;
import java.io.IOException;
import java.nio.file.Path;

/** The file beside the database, by which processes see which others live, can't be opened or created. */
public final class UnusableSideFileException extends SetupException {

    private static final long serialVersionUID = 1L;

    UnusableSideFileException(Path sideFile, IOException cause) {
        super(
                "The queue has a file beside its database, which shows the processes that live: %s. It can't be opened or created: %s."
                        .formatted(sideFile, cause),
                "Let this process read and write the file and its folder. One that another user left, such as root, may be deleted while no"
                        + " process uses the queue.",
                cause);
    }
}
