package io.nsqite.database;

import io.nsqite.error.DatabaseException;
import io.nsqite.error.ErrorTranslation;
import io.nsqite.jdbc.Sql;
import io.nsqite.schema.Schema;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.sqlite.SqliteDataSource;
import io.nsqite.sqlite.SqliteDatabase;
import io.nsqite.sqlite.UnsuitableDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that the queue lives in, and the queue's own connections to it. */
public final class QueueDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QueueDatabase.class);
    private static final int SQLITE_READONLY = 8;

    /** Beyond the wait for others. The queue's own transactions take milliseconds, and seconds on a disk that is very busy. */
    private static final Duration LONG_TRANSACTION = Duration.ofSeconds(10);

    /**
     * In KiB, as SQLite has it negative. Whoever reads the log sees each page once, and every commit of others empties the cache: pages that stay
     * in the processor's cache make looking over a long log a quarter quicker than the 8 MB of the connections that write.
     */
    private static final String READING_CACHE = "-1000";

    /**
     * So many channels read at a time: a core is left to the application. Where two channels read on two cores, a backlog of several is drained in half
     * the time, but who publishes beside them gets half as far, and waits twice as long.
     */
    private static final int SIDE_BY_SIDE =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() - 1));

    private static final Sql FILE = Sql.of("SELECT file FROM pragma_database_list WHERE name = 'main'");

    private final SqliteDatabase database;
    private final Schema schema;
    private final Duration busyTimeout;
    private final Reader reader;
    private final Reader observer;
    private final Reader glance;
    private final Reader scout;
    private final Reader watch;
    private final Writer writer;
    private final ErrorTranslation errors;
    private volatile @Nullable String condemnation;

    private QueueDatabase(
            SqliteDatabase database, Schema schema, SqliteDataSource source, Writer writer, ErrorTranslation errors) {
        this.database = database;
        this.schema = schema;
        this.writer = writer;
        this.errors = errors;
        SqliteDataSource reading = source.withProperty("cache_size", READING_CACHE);
        reader = new Reader(reading::getConnection, SIDE_BY_SIDE);
        observer = new Reader(reading::getConnection, 1);
        glance = new Reader(reading::getConnection, 1);
        scout = new Reader(reading::getConnection, 1);
        watch = new Reader(reading::getConnection, 1);
        busyTimeout = source.busyTimeout();
    }

    /**
     * Opens the queue's connections, from the URL and properties of the application's, and creates or checks the tables.
     *
     * @throws UnsuitableDatabaseException if the queue can't live there
     */
    public static QueueDatabase open(DataSource application, Schema schema) throws SQLException {
        return open(application, schema, ErrorTranslation.none(), List.of());
    }

    /** The same with what its users throw when the database refuses something, and those who are told of what the writer commits. */
    public static QueueDatabase open(
            DataSource application, Schema schema, ErrorTranslation errors, List<WriterListener> listeners)
            throws SQLException {
        SqliteDataSource source = sourceOf(application).withProperty("jdbc.get_generated_keys", "false");
        SqliteConnection writing = source.getConnection();
        try {
            if (writing.isReadOnly()) {
                throw readOnly(source, null);
            }
            writing.setAutoCommit(false);
            schema.prepare(writing);
            writing.commit();
            String name = writing.database().path().getFileName().toString();
            Writer writer = new Writer(
                    new Batches(writing, committing(writing, listeners)),
                    "nsqite-writer-" + name,
                    writing.database().permit()::isHeldByCurrentThread,
                    new TransactionWatch(source.busyTimeout().plus(LONG_TRANSACTION)));
            return new QueueDatabase(writing.database(), schema, source, writer, errors).withReaders();
        } catch (SQLException | RuntimeException e) {
            writing.close();
            if (e instanceof SQLException error && error.getErrorCode() == SQLITE_READONLY) {
                throw readOnly(source, e);
            }
            throw e;
        }
    }

    private QueueDatabase withReaders() throws SQLException {
        try {
            reader.openAll();
            watch.openAll();
            return this;
        } catch (SQLException | RuntimeException e) {
            try {
                close();
            } catch (SQLException atClosing) {
                e.addSuppressed(atClosing);
            }
            throw e;
        }
    }

    private static Committing committing(SqliteConnection writing, List<WriterListener> listeners) {
        return listeners.isEmpty()
                ? Committing.untold()
                : new ToldCommitting(listeners, writing.database().permit()::waitedNanos);
    }

    private static UnsuitableDatabaseException readOnly(SqliteDataSource source, @Nullable Exception cause) {
        return new UnsuitableDatabaseException(
                UnsuitableDatabaseException.Problem.READ_ONLY,
                "The queue writes to its database, but %s can only be read.".formatted(source.url()),
                "Let the process write the file and its folder, and leave out settings like open_mode=1 and mode=ro.",
                cause);
    }

    private static SqliteDataSource sourceOf(DataSource application) throws SQLException {
        if (application instanceof SqliteDataSource source) {
            return source;
        }
        try (Connection connection = application.getConnection()) {
            if (connection.isWrapperFor(SqliteConnection.class)) {
                return connection.unwrap(SqliteConnection.class).dataSource();
            }
            String url = connection.getMetaData().getURL();
            if (url == null || !SqliteDataSource.accepts(url)) {
                throw new UnsuitableDatabaseException(
                        UnsuitableDatabaseException.Problem.NOT_SQLITE,
                        "The queue lives in a SQLite database, but the DataSource leads to %s.".formatted(url),
                        "Give it a DataSource for a URL like jdbc:sqlite:app.db.");
            }
            log.warn(
                    "The DataSource {} does not lead to a SqliteDataSource. Its transactions don't wait in turn for each other's and "
                            + "the queue's, they fail with SQLITE_BUSY where they read before they write, and their commits are "
                            + "noticed late. Put a SqliteDataSource under the pool; with Spring Boot a HikariDataSource bean with a "
                            + "jdbc:sqlite: URL gets one by itself",
                    application.getClass().getName());
            return SqliteDataSource.forUrl(url);
        }
    }

    /**
     * Checks that a connection leads here.
     *
     * @throws IllegalArgumentException if it leads to another database
     */
    public void requireHere(Connection connection) throws SQLException {
        String here = database.path().toString();
        String there = connection.isWrapperFor(SqliteConnection.class)
                ? connection.unwrap(SqliteConnection.class).database().path().toString()
                : FILE.first(connection, row -> row.getString(1)).orElse("no file");
        if (!here.equals(there)) {
            throw new IllegalArgumentException(
                    "The queue's database is %s, but the connection leads to %s; publish with a ".formatted(here, there)
                            + "connection to the queue's database");
        }
    }

    /** Says that what is written from now on would be lost; nothing can be published or consumed any more. */
    public void condemn(String explanation) {
        condemnation = explanation;
    }

    /**
     * Checks that nothing speaks against writing.
     *
     * @throws IllegalStateException if what is written would be lost
     */
    public void requireUsable() {
        String explanation = condemnation;
        if (explanation != null) {
            throw new IllegalStateException(explanation);
        }
    }

    /** What a caller gets for a call that the database refused. */
    public RuntimeException translated(DatabaseException failure) {
        return errors.translate(failure);
    }

    /** What this JVM knows of the file. */
    public SqliteDatabase sqlite() {
        return database;
    }

    /** The tables that this library uses. */
    public Schema schema() {
        return schema;
    }

    /** How long a write waits for other transactions before it fails. */
    public Duration busyTimeout() {
        return busyTimeout;
    }

    /** For short reads. */
    public Reader reader() {
        return reader;
    }

    /** For reads that may take long, so that they hold up nobody but each other. */
    public Reader observer() {
        return observer;
    }

    /** For short reads of those who watch the queue: they wait neither for the observer's long ones nor hold up the reader's. */
    public Reader glance() {
        return glance;
    }

    /** For looking ahead of the reader, by whoever finds it free. */
    public Reader scout() {
        return scout;
    }

    /** For noticing commits: always the same connection, as SQLite counts for each by itself what others have committed. */
    public Reader watch() {
        return watch;
    }

    /** Why everything that is written would be lost, if so; see {@link #condemn}. */
    public Optional<String> condemnation() {
        return Optional.ofNullable(condemnation);
    }

    /** For writing. */
    public Writer writer() {
        return writer;
    }

    /** Writes what waits and closes the connections. */
    @Override
    public void close() throws SQLException {
        try (reader;
                observer;
                glance;
                scout;
                watch) {
            writer.close();
        }
    }
}
