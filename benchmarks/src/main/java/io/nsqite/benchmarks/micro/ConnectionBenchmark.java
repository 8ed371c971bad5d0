package io.nsqite.benchmarks.micro;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the repaired connection costs, beside the driver's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets them up
public class ConnectionBenchmark {

    private static final String TEXT = """
            -- the newest of a customer's
            SELECT id, length(content) /* in bytes */ FROM business
            WHERE id > ? AND length(content) > 100 ORDER BY id DESC LIMIT 10""";

    /** Whose connection. */
    @Param
    public Side side;

    private OpenConnection open;
    private Connection connection;
    private PreparedStatement emptyDelete;
    private PreparedStatement select;

    @Setup
    public void open() throws IOException, SQLException {
        open = OpenConnection.of(side);
        connection = open.connection();
        emptyDelete = connection.prepareStatement("DELETE FROM business WHERE id = 0");
        select = connection.prepareStatement("SELECT count(*) FROM business WHERE id = 1");
    }

    @TearDown(Level.Trial)
    public void close() throws IOException, SQLException {
        emptyDelete.close();
        select.close();
        open.close();
    }

    /** A write that changes nothing, in a transaction of its own: the permit is taken and given back. */
    @Benchmark
    public int permit() throws SQLException {
        return emptyDelete.executeUpdate();
    }

    /** Preparing a statement, whose text is looked at to know what kind it is. */
    @Benchmark
    public void prepare() throws SQLException {
        connection.prepareStatement(TEXT).close();
    }

    /** A read in autocommit mode. */
    @Benchmark
    public int read() throws SQLException {
        try (ResultSet result = select.executeQuery()) {
            return result.getInt(1);
        }
    }

    /** A transaction with one read in it, read-only where the connection can be. */
    @Benchmark
    public int readTransaction() throws SQLException {
        if (side == Side.REPAIRED) {
            connection.setReadOnly(true);
        }
        connection.setAutoCommit(false);
        int count = read();
        connection.commit();
        connection.setAutoCommit(true);
        if (side == Side.REPAIRED) {
            connection.setReadOnly(false);
        }
        return count;
    }
}
