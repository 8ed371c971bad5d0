package io.nsqite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The driver of SQLite with a disk that fails when a test says so. While it is open it stands before the real one. */
public final class FaultyDriver implements Driver, AutoCloseable {

    private final Driver real;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Fault fault;

    /** What kept statements begin with. */
    private static final Pattern LABEL = Pattern.compile("^/\\* nsqite \\*/ ");

    private record Fault(int code, Predicate<String> sql, Moment moment) {}

    private enum Moment {
        BEFORE,
        AFTER
    }

    private FaultyDriver(Driver real) {
        this.real = real;
    }

    public static FaultyDriver open() throws SQLException {
        Driver real = DriverManager.getDriver("jdbc:sqlite:");
        FaultyDriver faulty = new FaultyDriver(real);
        DriverManager.deregisterDriver(real);
        DriverManager.registerDriver(faulty);
        DriverManager.registerDriver(real);
        return faulty;
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
    }

    /** Statements that the predicate is true for fail with this code of SQLite, until {@link #heal}. */
    public void failWith(int code, Predicate<String> sql) {
        failures.set(0);
        fault = new Fault(code, sql, Moment.BEFORE);
    }

    /** As {@link #failWith}, but what the statements do is done all the same. */
    public void failAfter(int code, Predicate<String> sql) {
        failures.set(0);
        fault = new Fault(code, sql, Moment.AFTER);
    }

    public void heal() {
        fault = null;
    }

    /** How many statements have failed since {@link #failWith}. */
    public int failures() {
        return failures.get();
    }

    /** Limits the size of the database on all connections that are open. */
    public void limitPages(long pages) throws SQLException {
        for (Connection connection : connections) {
            if (!connection.isClosed()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count=" + pages);
                }
            }
        }
    }

    private void check(String sql, Moment moment) throws SQLException {
        Fault current = fault;
        if (current != null
                && current.moment() == moment
                && current.sql().test(LABEL.matcher(sql).replaceFirst(""))) {
            failures.incrementAndGet();
            throw new SQLException("The disk has fault " + current.code(), null, current.code());
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = real.connect(url, properties);
        if (connection == null) {
            return null;
        }
        connections.add(connection);
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            if (result instanceof PreparedStatement prepared) {
                return faulty(PreparedStatement.class, prepared, (String) arguments[0]);
            }
            return result instanceof Statement statement ? faulty(Statement.class, statement, "") : result;
        });
    }

    private <T extends Statement> T faulty(Class<T> type, T statement, String prepared) {
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return invoke(statement, method, arguments);
            }
            boolean hasSql = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
            String sql = hasSql ? (String) arguments[0] : prepared;
            check(sql, Moment.BEFORE);
            Object result = invoke(statement, method, arguments);
            check(sql, Moment.AFTER);
            return result;
        });
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return real.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
