package io.nsqite.sqlite;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to SQLite whose transactions behave; see {@link SqliteConnection}. Put it under a pool:
 *
 * <pre>{@code
 * HikariConfig pool = new HikariConfig();
 * pool.setDataSource(SqliteDataSource.forUrl("jdbc:sqlite:app.db"));
 * }</pre>
 *
 * <p>URL and properties are those of sqlite-jdbc. Where they say nothing: journal mode WAL, busy timeout 5 s, foreign keys checked, 8 MB of
 * cache per connection. {@code synchronous} stays what SQLite or the user chose.
 *
 * <p>Immutable but for the login timeout, safe for use by many threads.
 */
public final class SqliteDataSource implements DataSource {

    private final String url;
    private final Properties properties;
    private volatile int loginTimeout;

    private SqliteDataSource(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    /** For a URL like {@code jdbc:sqlite:app.db}. */
    public static SqliteDataSource forUrl(String url) {
        return forUrl(url, new Properties());
    }

    /**
     * For a URL and properties, which beat what the URL says. Values that are no strings are taken as what they print.
     *
     * @throws UnsuitableDatabaseException if the URL is not one of SQLite's
     */
    public static SqliteDataSource forUrl(String url, Properties properties) {
        if (!accepts(url)) {
            throw new UnsuitableDatabaseException(
                    Problem.NOT_SQLITE,
                    "The URL must begin with \"%s\" but is \"%s\".".formatted(ConnectionSettings.PREFIX, url),
                    "Use this data source for SQLite only.");
        }
        return new SqliteDataSource(url, asStrings(properties));
    }

    /** Whether this is a URL of SQLite. */
    public static boolean accepts(String url) {
        return ConnectionSettings.isSqlite(url);
    }

    private static Properties asStrings(Properties properties) {
        Properties strings = new Properties();
        properties.stringPropertyNames().forEach(name -> strings.setProperty(name, properties.getProperty(name)));
        properties.forEach((name, value) -> strings.setProperty(name.toString(), value.toString()));
        return strings;
    }

    /** The URL as it was given. */
    public String url() {
        return url;
    }

    /** A copy of the properties. */
    public Properties properties() {
        return asStrings(properties);
    }

    /** How long an execution waits for the transactions of others, before it fails. */
    public Duration busyTimeout() {
        return new ConnectionSettings(url, properties).busyTimeout();
    }

    /** A data source that differs in one property. */
    public SqliteDataSource withProperty(String name, String value) {
        Properties changed = properties();
        changed.setProperty(name, value);
        return new SqliteDataSource(url, changed);
    }

    /**
     * Looks at URL and properties without opening anything; {@link #getConnection()} does so as well.
     *
     * @throws UnsuitableDatabaseException if they can't lead to a usable connection
     */
    public void check() {
        new ConnectionOpener(this).check();
    }

    /**
     * Looks whether connections will be able to write, in addition to {@link #check()}.
     *
     * @throws UnsuitableDatabaseException if not
     */
    public void checkWritable() {
        new ConnectionOpener(this).checkWritable();
    }

    /**
     * Opens a connection. Never waits for the permit to write.
     *
     * @throws UnsuitableDatabaseException if the database can't be used as it is
     */
    @Override
    public SqliteConnection getConnection() throws SQLException {
        return new ConnectionOpener(this).open();
    }

    /** The same; SQLite knows no users. */
    @Override
    public SqliteConnection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {}

    /** Kept for the pool that asks for it: Hikari waits so long, when it closes, for a connection that is just being opened. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("SLF4J is used for logging");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("This DataSource is a %s and wraps no %s"
                    .formatted(getClass().getName(), type.getName()));
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return "SqliteDataSource[" + url + "]";
    }
}
