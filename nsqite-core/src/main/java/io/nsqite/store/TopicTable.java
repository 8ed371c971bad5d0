package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code nsqite_topic}. A topic that somebody deleted while the queue runs comes back under its old id, which producers may
 * still use. Safe for use by many threads.
 */
final class TopicTable implements TopicStore {

    private static final Sql FIND = Sql.of("SELECT id FROM nsqite_topic WHERE name = ?");
    private static final Sql CREATE = Sql.of("INSERT INTO nsqite_topic (name) VALUES (?) RETURNING id");
    private static final Sql CREATE_AGAIN = Sql.of("INSERT OR IGNORE INTO nsqite_topic (id, name) VALUES (?, ?)");
    private static final Sql COUNT = Sql.of("SELECT count(*) FROM nsqite_topic");
    private static final Sql HAD_CHANNEL = Sql.of("SELECT 1 FROM nsqite_topic WHERE id = ? AND had_channel = 1");
    private static final Sql GOT_CHANNEL = Sql.of("UPDATE nsqite_topic SET had_channel = 1 WHERE id = ?");

    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private volatile long lastCount;

    @Override
    public Optional<Long> find(Connection connection, String name) throws SQLException {
        return FIND.first(connection, row -> row.getLong(1), name);
    }

    @Override
    public long findOrCreate(Connection transaction, String name) throws SQLException {
        Optional<Long> id = find(transaction, name);
        return id.isPresent() ? id.get() : create(transaction, name);
    }

    private long create(Connection transaction, String name) throws SQLException {
        Long old = committed.get(name);
        if (old != null && CREATE_AGAIN.update(transaction, old, name) == 1) {
            return old;
        }
        return CREATE.number(transaction, name);
    }

    @Override
    public Optional<Long> recall(String name) {
        return Optional.ofNullable(committed.get(name));
    }

    @Override
    public void remember(String name, long id) {
        committed.put(name, id);
    }

    @Override
    public void forget() {
        committed.clear();
    }

    @Override
    public void restore(Connection transaction) throws SQLException {
        for (Map.Entry<String, Long> topic : Map.copyOf(committed).entrySet()) {
            if (findOrCreate(transaction, topic.getKey()) != topic.getValue()) {
                committed.remove(topic.getKey());
            }
        }
    }

    @Override
    public boolean haveVanished(Connection connection) throws SQLException {
        long before = Math.max(lastCount, committed.size()); // counted first, as more may come meanwhile
        lastCount = COUNT.number(connection);
        return lastCount < before;
    }

    boolean hadChannel(Connection transaction, long id) throws SQLException {
        return HAD_CHANNEL.exists(transaction, id);
    }

    void gotChannel(Connection transaction, long id) throws SQLException {
        GOT_CHANNEL.update(transaction, id);
    }
}
