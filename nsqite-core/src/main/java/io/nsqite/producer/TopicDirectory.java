package io.nsqite.producer;

import io.nsqite.database.QueueDatabase;
import io.nsqite.store.TopicStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The ids of topics by name. Remembers only what is committed: a topic created in a transaction that rolls back leaves its
 * id to another.
 */
final class TopicDirectory {

    private final QueueDatabase database;
    private final TopicStore topics;

    TopicDirectory(QueueDatabase database, TopicStore topics) {
        this.database = database;
        this.topics = topics;
    }

    /** The id of a topic, which the transaction creates if there is none. */
    long idOf(Connection transaction, String name) throws SQLException {
        Optional<Long> known = topics.recall(name);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Long> found = database.reader().read(connection -> topics.find(connection, name));
        if (found.isPresent()) {
            topics.remember(name, found.get());
            return found.get();
        }
        return topics.findOrCreate(transaction, name);
    }
}
