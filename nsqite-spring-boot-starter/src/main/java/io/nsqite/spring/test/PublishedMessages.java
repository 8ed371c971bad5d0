package io.nsqite.spring.test;

import io.nsqite.message.Message;
import io.nsqite.store.QueueInspection;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** What was published since some moment. */
final class PublishedMessages {

    private final JdbcOperations jdbc;
    private final QueueInspection inspection = new QueueInspection();
    private volatile long after;

    /** Since the beginning of the log. */
    PublishedMessages(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    List<Message> to(String topic) {
        return query(connection -> inspection.published(connection, topic, after));
    }

    /** From now on. */
    void forget() {
        after = query(inspection::newestId);
    }

    private <T> T query(ConnectionCallback<T> query) {
        return Objects.requireNonNull(jdbc.execute(query));
    }
}
