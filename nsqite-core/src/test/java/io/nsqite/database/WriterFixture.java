package io.nsqite.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.QueueFile;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer on a file, and ways to keep it busy. */
@Timeout(30)
abstract class WriterFixture {

    @TempDir
    Path folder;

    final CountDownLatch gateEntered = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final List<Integer> completed = new CopyOnWriteArrayList<>();
    QueueFile file;
    QueueDatabase database;
    Writer writer;

    @BeforeEach
    void open() throws Exception {
        open(new Properties());
        file.execute("CREATE TABLE business (id INTEGER PRIMARY KEY, text TEXT)");
    }

    void open(Properties properties) throws Exception {
        file = new QueueFile(folder, properties);
        database = QueueDatabase.open(file.dataSource(), Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS));
        writer = database.writer();
    }

    void reopen(String property, String value) throws Exception {
        database.close();
        Properties properties = new Properties();
        properties.setProperty(property, value);
        open(properties);
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        database.close();
    }

    static int insert(Connection transaction, String text) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            return statement.executeUpdate("INSERT INTO business (text) VALUES ('" + text + "')");
        }
    }

    static Work<Integer> inserting(String text) {
        return transaction -> insert(transaction, text);
    }

    List<String> stored() throws SQLException {
        return file.rows("SELECT text FROM business ORDER BY id");
    }

    void complete(Integer result, Throwable failure) {
        if (failure != null) {
            failures.add(failure);
        } else {
            completed.add(result);
        }
    }

    /** Keeps the writer busy until the gate opens. */
    FutureTask<Integer> occupyWriter() throws InterruptedException {
        FutureTask<Integer> occupying = start(() -> writer.call(
                transaction -> {
                    gateEntered.countDown();
                    awaitUninterrupted(gate);
                    return insert(transaction, "gate");
                },
                Durability.RELAXED));
        gateEntered.await();
        return occupying;
    }

    static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        return task;
    }

    static <T> T get(FutureTask<T> task) throws Exception {
        return task.get(15, TimeUnit.SECONDS);
    }
}
