package io.nsqite.benchmarks.micro;

import io.nsqite.Nsqite;
import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A message in an open transaction, beside a row; both commit every thousand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets them up
public class PublishBenchmark {

    private static final int PER_TRANSACTION = 1000;

    private final NewMessage message = NewMessage.to(Names.TOPIC, Payload.of(0, 100));
    private OpenConnection open;
    private Connection connection;
    private Nsqite nsqite;
    private PreparedStatement insert;
    private int written;

    @Setup
    public void open() throws IOException, SQLException {
        open = OpenConnection.of(Side.REPAIRED);
        connection = open.connection();
        nsqite = Nsqite.builder(SqliteDataSource.forUrl(open.url())).build();
        connection.createStatement().executeUpdate(BareTable.LOG.create());
        insert = connection.prepareStatement(BareTable.LOG.insert());
        connection.setAutoCommit(false);
    }

    @TearDown
    public void close() throws IOException, SQLException {
        connection.commit();
        insert.close();
        nsqite.close();
        open.close();
    }

    /** {@code publishTx} on the transaction's connection. */
    @Benchmark
    public long publishTx() throws SQLException {
        long id = nsqite.producer().publishTx(connection, message);
        commitSometimes();
        return id;
    }

    /** A row into a table like the log, with a statement that is kept. */
    @Benchmark
    public int insert() throws SQLException {
        insert.setBytes(1, Payload.of(0, 100));
        int rows = insert.executeUpdate();
        commitSometimes();
        return rows;
    }

    private void commitSometimes() throws SQLException {
        if (++written % PER_TRANSACTION == 0) {
            connection.commit();
        }
    }
}
