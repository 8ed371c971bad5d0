package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writing that costs less if it is done for several callers in one go. As {@link Work}, it may be run again, for each caller
 * alone, if the transaction had to be rolled back.
 */
@FunctionalInterface
public interface GroupWork<W, T> {

    /** Does the parts of several callers; a result for each, in their order. */
    List<T> run(Connection transaction, List<W> parts) throws SQLException;
}
