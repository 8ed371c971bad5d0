package io.nsqite.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A connection that keeps prepared statements: on SQLite preparing costs more than running. */
public interface StatementKeeper {

    /**
     * The statement for this text, prepared at the first call and kept until the connection closes. The caller does not
     * close it, and uses it on the connection's thread only.
     */
    PreparedStatement keep(String sql) throws SQLException;
}
