package io.nsqite.schema;

import io.nsqite.error.SetupException;
import io.nsqite.jdbc.TablePrefix;

/** The tables in the database are of a version that this library can't live with. */
public final class SchemaVersionException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final int found;
    private final int supported;

    SchemaVersionException(TablePrefix prefix, int found, int supported) {
        super(
                "The nsqite tables %s* have version %d, but this library knows versions up to %d."
                        .formatted(prefix, found, supported),
                "Use a library at least as new as the one that created or upgraded them, or another database file.");
        this.found = found;
        this.supported = supported;
    }

    /** The oldest version that a library must know to use these tables. */
    public int found() {
        return found;
    }

    /** The newest version that this library knows. */
    public int supported() {
        return supported;
    }
}
