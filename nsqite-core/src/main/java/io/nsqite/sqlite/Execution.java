package io.nsqite.sqlite;

import java.sql.SQLException;

/** A call to the driver. */
@FunctionalInterface
interface Execution<T> {

    T run() throws SQLException;
}
