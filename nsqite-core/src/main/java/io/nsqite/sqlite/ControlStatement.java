package io.nsqite.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A statement like COMMIT on the driver's connection, kept prepared. */
final class ControlStatement {

    private final Connection driverConnection;
    private final String sql;
    private @Nullable PreparedStatement prepared;

    ControlStatement(Connection driverConnection, String sql) {
        this.driverConnection = driverConnection;
        this.sql = sql;
    }

    boolean execute() throws SQLException {
        PreparedStatement statement = prepared;
        if (statement == null) {
            statement = driverConnection.prepareStatement(sql);
            prepared = statement;
        }
        try {
            return statement.execute();
        } catch (SQLException e) {
            if (!Patience.isBusy(e)) {
                discard(statement, e);
            }
            throw e;
        }
    }

    /** The driver closes what failed, without saying so. */
    private void discard(PreparedStatement statement, SQLException failure) {
        prepared = null;
        try {
            statement.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Runs any other SQL, once. */
    static void executeOnce(Connection driverConnection, String sql) throws SQLException {
        try (var statement = driverConnection.createStatement()) {
            statement.execute(sql);
        }
    }
}
