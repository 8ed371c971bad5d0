package io.nsqite.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/** A prepared statement that lives as long as its connection, unless it fails in a way after which the driver can't use it. */
final class KeptStatement extends GuardedPreparedStatement {

    /**
     * What the text of kept statements begins with. A driver that the user has look up generated keys does so after each statement that begins
     * with INSERT, see {@link GeneratedKeys}.
     */
    static final String LABEL = "/* nsqite */ ";

    /** BUSY, LOCKED, CONSTRAINT, MISUSE: after every other error the driver finalizes the statement. */
    private static final Set<Integer> HARMLESS = Set.of(5, 6, 19, 21);

    private boolean discarded;

    KeptStatement(GuardedConnection connection, StatementKind kind, PreparedStatement delegate) {
        super(connection, kind, delegate);
    }

    @Override
    <T> T run(StatementKind kind, Execution<T> execution) throws SQLException {
        try {
            return super.run(kind, execution);
        } catch (SQLException e) {
            if (!HARMLESS.contains(e.getErrorCode())) {
                discard(e);
            }
            throw e;
        }
    }

    private void discard(SQLException failure) {
        discarded = true;
        try {
            super.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    boolean isDiscarded() {
        return discarded;
    }

    /** The statement stays; only its result goes. */
    @Override
    public void close() throws SQLException {
        closeResult();
    }
}
