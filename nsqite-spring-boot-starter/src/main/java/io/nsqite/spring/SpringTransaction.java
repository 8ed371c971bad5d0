package io.nsqite.spring;

import io.nsqite.producer.CallerTransaction;
import io.nsqite.sqlite.SqliteConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Finds the Spring transaction that a publisher is in: one of a manager for the queue's data source, read-write, and not
 * yet ended. Safe for use by many threads.
 *
 * <p>Give it the {@code DataSource} bean that repositories and transaction managers use, not the pool below a proxy.
 */
public final class SpringTransaction implements CallerTransaction {

    private final DataSource dataSource;

    /** For the transactions of this data source, and of proxies around it or below it. */
    public SpringTransaction(DataSource dataSource) {
        this.dataSource = target(dataSource);
    }

    @Override
    public @Nullable Connection current() {
        return look().connection();
    }

    @Override
    public RuntimeException illegalState(String advice) {
        return new IllegalTransactionStateException(
                "%s (%s)".formatted(advice, look().found().get()));
    }

    private Look look() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return Look.miss(() -> "there is no transaction on this thread");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            return Look.miss(() -> "the transaction %s is read-only".formatted(name()));
        }
        if (TransactionPhase.hasEnded()) {
            return Look.miss(SpringTransaction::ended);
        }
        Connection connection = boundConnection();
        if (connection == null) {
            return Look.miss(() -> "the transaction %s is one of another DataSource".formatted(name()));
        }
        return look(connection);
    }

    private static Look look(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                return Look.miss(
                        () -> "the transaction %s has ended, or is one of another DataSource".formatted(name()));
            }
            return hasEnded(connection) ? Look.miss(SpringTransaction::ended) : Look.hit(connection);
        } catch (SQLException e) {
            throw new IllegalTransactionStateException(
                    "The connection of the transaction %s can't be used: %s. Roll the transaction back and begin again"
                            .formatted(name(), e.getMessage()),
                    e);
        }
    }

    /** Spring runs afterCommit and afterCompletion while the connection is still bound; its transaction is over by then. */
    private static boolean hasEnded(Connection connection) throws SQLException {
        return connection.isWrapperFor(SqliteConnection.class)
                && connection.unwrap(SqliteConnection.class).hasTransactionEnded();
    }

    private @Nullable Connection boundConnection() {
        ConnectionHolder holder = holder();
        return holder == null ? null : holder.getConnection();
    }

    private @Nullable ConnectionHolder holder() {
        if (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
            return holder;
        }
        return holderOfProxy();
    }

    /** A manager on a lazy proxy binds the proxy, one on a transaction-aware proxy its target: both mean one pool. */
    private @Nullable ConnectionHolder holderOfProxy() {
        for (Map.Entry<Object, Object> resource :
                TransactionSynchronizationManager.getResourceMap().entrySet()) {
            if (resource.getValue() instanceof ConnectionHolder holder
                    && resource.getKey() instanceof DelegatingDataSource proxy
                    && target(proxy).equals(dataSource)) {
                return holder;
            }
        }
        return null;
    }

    private static DataSource target(DataSource dataSource) {
        DataSource target = dataSource;
        while (target instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null) {
            target = proxy.getTargetDataSource();
        }
        return target;
    }

    private static String ended() {
        return "the transaction %s has ended: this is its afterCommit or afterCompletion".formatted(name());
    }

    private static String name() {
        String name = TransactionSynchronizationManager.getCurrentTransactionName();
        return name == null ? "of this thread" : "'" + name + "'";
    }

    /** What a look at the thread gave: a connection, or what was there instead, in words that are only wanted where it is refused. */
    private record Look(@Nullable Connection connection, Supplier<String> found) {

        static Look hit(Connection connection) {
            return new Look(connection, () -> "the transaction %s is open".formatted(name()));
        }

        static Look miss(Supplier<String> found) {
            return new Look(null, found);
        }
    }
}
