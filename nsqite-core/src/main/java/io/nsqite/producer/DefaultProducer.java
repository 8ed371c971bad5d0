package io.nsqite.producer;

import io.nsqite.database.Durability;
import io.nsqite.database.QueueDatabase;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.store.QueueStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Publishes into the caller's transaction, or through the queue's writer. */
public final class DefaultProducer implements Producer {

    private final QueueDatabase database;
    private final CallerTransaction callerTransaction;
    private final Encoding encoding;
    private final InstantSource clock;
    private final Announcements announcements;
    private final Publishing publishing;
    private final Cancellation cancellation;

    /** For connections that don't say when their transaction ends, so that nothing can be reserved until then. */
    private final Cancellation undisturbed;

    /** With what it needs. */
    public DefaultProducer(
            QueueDatabase database,
            QueueStore store,
            Announcements announcements,
            Encoding encoding,
            CallerTransaction callerTransaction,
            InstantSource clock,
            Reservations reservations) {
        this.database = database;
        this.callerTransaction = callerTransaction;
        this.clock = clock;
        cancellation = new Cancellation(store.cancels(), reservations);
        undisturbed = new Cancellation(store.cancels(), (holder, id) -> Optional.empty());
        this.encoding = encoding;
        this.announcements = announcements;
        publishing = new Publishing(store.messages(), new TopicDirectory(database, store.topics()), clock);
    }

    /** How payloads become bytes, and how many at the most. */
    public record Encoding(PayloadEncoder encoder, int maxPayloadSize) {}

    @Override
    public long publishTx(String topic, Object payload) {
        return publishTx(NewMessage.to(topic, payload));
    }

    @Override
    public long publishTx(NewMessage message) {
        return publishTx(Collections.singletonList(message)).get(0);
    }

    @Override
    public List<Long> publishTx(Collection<NewMessage> messages) {
        Connection connection = callerTransaction.current();
        if (connection == null) {
            throw callerTransaction.illegalState(
                    "publishTx needs a read-write transaction on the queue's DataSource, and there is none to join. Call it inside one,"
                            + " for example in a @Transactional method, or call publish, which commits on its own");
        }
        return join(connection, messages);
    }

    @Override
    public long publishTx(Connection transaction, NewMessage message) {
        try {
            if (transaction.getAutoCommit()) {
                throw callerTransaction.illegalState(
                        "publishTx needs an open transaction, but the connection is in auto-commit mode. Call setAutoCommit(false) first");
            }
            if (transaction.isReadOnly()) {
                throw callerTransaction.illegalState(
                        "publishTx needs a read-write transaction, but the connection is read-only");
            }
            SqliteConnection repaired = repaired(transaction);
            database.requireHere(repaired == null ? transaction : repaired);
            return publishTx(transaction, repaired, message);
        } catch (SQLException e) {
            throw failed("Looking at the transaction failed", e);
        }
    }

    private long publishTx(Connection transaction, @Nullable SqliteConnection repaired, NewMessage message) {
        return join(Collections.singletonList(message), asCallerKnows(transaction, repaired), repaired)
                .get(0);
    }

    /**
     * The connection that keeps statements prepared, once a transaction has begun. Before that the caller's own: a pool's rolls back at close
     * only if it knows that something was executed.
     */
    private static Connection asCallerKnows(Connection transaction, @Nullable SqliteConnection repaired) {
        return repaired != null && repaired.isTransactionActive() ? repaired : transaction;
    }

    @Override
    public long publish(String topic, Object payload) {
        return publish(NewMessage.to(topic, payload));
    }

    @Override
    public long publish(NewMessage message) {
        return publish(Collections.singletonList(message)).get(0);
    }

    @Override
    public List<Long> publish(Collection<NewMessage> messages) {
        Connection connection = callerTransaction.current();
        return connection == null ? commit(messages) : join(connection, messages);
    }

    private List<Long> join(Connection connection, Collection<NewMessage> messages) {
        SqliteConnection repaired = repaired(connection);
        return join(messages, repaired == null ? connection : repaired, repaired);
    }

    private List<Long> join(
            Collection<NewMessage> messages, Connection connection, @Nullable SqliteConnection repaired) {
        List<Outgoing> outgoing = encode(messages);
        try {
            if (repaired != null && !repaired.isTransactionActive()) {
                refuseIfSuspendedWriter();
            }
            News news = announcements.begin();
            List<Long> ids = publishing
                    .run(connection, List.of(new Publication(outgoing, news)))
                    .get(0);
            if (repaired != null) {
                news.actions().forEach(repaired::afterCommit);
            }
            return ids;
        } catch (SQLException e) {
            throw failed(outgoing, "roll the transaction back", e);
        }
    }

    private @Nullable SqliteConnection repaired(Connection connection) {
        try {
            return connection.isWrapperFor(SqliteConnection.class) ? connection.unwrap(SqliteConnection.class) : null;
        } catch (SQLException e) {
            throw failed("Looking at the connection failed", e);
        }
    }

    private List<Long> commit(Collection<NewMessage> messages) {
        List<Outgoing> outgoing = encode(messages);
        refuseIfSuspendedWriter();
        News news = announcements.begin();
        try {
            List<Long> ids =
                    database.writer().call(publishing, new Publication(outgoing, news), Durability.APPLICATION);
            news.actions().forEach(Runnable::run);
            return ids;
        } catch (SQLException e) {
            throw failed(outgoing, "nothing is stored", e);
        }
    }

    /** Waiting for a lock that this very thread holds could only end by timeout. */
    private void refuseIfSuspendedWriter() {
        if (database.sqlite().permit().isHeldByCurrentThread()) {
            throw callerTransaction.illegalState(
                    "This thread has a suspended transaction that has written, and SQLite lets one transaction write at a time."
                            + " Publish in that transaction, or end it first (avoid REQUIRES_NEW and NOT_SUPPORTED around the call)");
        }
    }

    private List<Outgoing> encode(Collection<NewMessage> messages) {
        database.requireUsable();
        long now = clock.millis();
        List<Outgoing> outgoing = new ArrayList<>(messages.size());
        for (NewMessage message : messages) {
            outgoing.add(Outgoing.of(message, encoding, now));
        }
        return outgoing;
    }

    @Override
    public boolean cancel(long messageId) {
        Connection connection = callerTransaction.current();
        database.requireUsable();
        try {
            return connection == null ? cancelAlone(messageId) : cancelWith(connection, messageId);
        } catch (SQLException e) {
            throw failed("Cancelling message %d failed".formatted(messageId), e);
        }
    }

    private boolean cancelAlone(long messageId) throws SQLException {
        refuseIfSuspendedWriter();
        List<Runnable> ends = new ArrayList<>();
        try {
            return database.writer()
                    .call(
                            transaction -> {
                                end(ends); // of an earlier try, which was rolled back together with other work
                                return cancellation.cancel(transaction, messageId, ends);
                            },
                            Durability.APPLICATION);
        } finally {
            end(ends);
        }
    }

    private static void end(List<Runnable> reservations) {
        reservations.forEach(Runnable::run);
        reservations.clear();
    }

    private boolean cancelWith(Connection connection, long messageId) throws SQLException {
        SqliteConnection repaired = repaired(connection);
        if (repaired == null) {
            return undisturbed.cancel(connection, messageId, new ArrayList<>());
        }
        if (!repaired.isTransactionActive()) {
            refuseIfSuspendedWriter();
        }
        List<Runnable> ends = new ArrayList<>();
        try {
            return cancellation.cancel(repaired, messageId, ends);
        } finally {
            ends.forEach(repaired::afterEnd);
        }
    }

    private RuntimeException failed(List<Outgoing> messages, String consequence, SQLException cause) {
        String topic = messages.isEmpty() ? "?" : messages.get(0).topic();
        return failed(
                "Publishing %d message(s) to topic '%s' failed, %s".formatted(messages.size(), topic, consequence),
                cause);
    }

    private RuntimeException failed(String call, SQLException cause) {
        return database.translated(new PublishException(call, cause));
    }
}
