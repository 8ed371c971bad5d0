package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code nsqite_topic}. A topic that somebody deleted while the queue runs comes back under its old id, which producers may
 * still use. Safe for use by many threads.
 */
final class TopicTable extends PrefixedTables implements TopicStore {

    private final Sql find = sql("SELECT id FROM {topic} WHERE name = ?");
    private final Sql create = sql("INSERT INTO {topic} (name) VALUES (?) RETURNING id");
    private final Sql createAgain = sql("INSERT OR IGNORE INTO {topic} (id, name) VALUES (?, ?)");
    private final Sql count = sql("SELECT count(*) FROM {topic}");
    private final Sql hadChannel = sql("SELECT 1 FROM {topic} WHERE id = ? AND had_channel = 1");
    private final Sql gotChannel = sql("UPDATE {topic} SET had_channel = 1 WHERE id = ?");

    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private volatile long lastCount;

    TopicTable(TablePrefix prefix) {
        super(prefix);
    }

    @Override
    public Optional<Long> find(Connection connection, String name) throws SQLException {
        return find.first(connection, row -> row.getLong(1), name);
    }

    @Override
    public long findOrCreate(Connection transaction, String name) throws SQLException {
        Optional<Long> id = find(transaction, name);
        return id.isPresent() ? id.get() : create(transaction, name);
    }

    private long create(Connection transaction, String name) throws SQLException {
        Long old = committed.get(name);
        if (old != null && createAgain.update(transaction, old, name) == 1) {
            return old;
        }
        return create.number(transaction, name);
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
        lastCount = count.number(connection);
        return lastCount < before;
    }

    boolean hadChannel(Connection transaction, long id) throws SQLException {
        return hadChannel.exists(transaction, id);
    }

    void gotChannel(Connection transaction, long id) throws SQLException {
        gotChannel.update(transaction, id);
    }
}
