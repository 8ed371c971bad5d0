package io.nsqite.producer;

import io.nsqite.database.QueueDatabase;
import io.nsqite.store.TopicStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of topics by name. Remembers only what is committed: a topic created in a transaction that rolls back leaves its
 * id to another.
 */
final class TopicDirectory {

    private final QueueDatabase database;
    private final TopicStore topics;
    private final Map<String, Long> committed = new ConcurrentHashMap<>();

    TopicDirectory(QueueDatabase database, TopicStore topics) {
        this.database = database;
        this.topics = topics;
    }

    /** The id of a topic, which the transaction creates if there is none. */
    long idOf(Connection transaction, String name) throws SQLException {
        Long known = committed.get(name);
        if (known != null) {
            return known;
        }
        Optional<Long> found = database.reader().read(connection -> topics.find(connection, name));
        if (found.isPresent()) {
            committed.put(name, found.get());
            return found.get();
        }
        return topics.findOrCreate(transaction, name);
    }

    /** Forgets everything, as the tables were emptied or replaced. */
    void forget() {
        committed.clear();
    }
}
