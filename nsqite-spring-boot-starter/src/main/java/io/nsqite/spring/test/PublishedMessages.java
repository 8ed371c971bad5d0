package io.nsqite.spring.test;

import io.nsqite.message.Message;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.PayloadDecoder.Reader;
import io.nsqite.store.QueueInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.core.ResolvableType;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** What was published since some moment. */
final class PublishedMessages {

    private final JdbcOperations jdbc;
    private final PayloadDecoder decoder;
    private final QueueInspection inspection;
    private volatile long after;

    /** Since the beginning of the log. */
    PublishedMessages(JdbcOperations jdbc, QueueInspection inspection, PayloadDecoder decoder) {
        this.jdbc = jdbc;
        this.inspection = inspection;
        this.decoder = decoder;
    }

    List<Message> to(String topic) {
        return query(connection -> inspection.published(connection, topic, after));
    }

    <T> List<T> to(String topic, Class<T> type) {
        Reader reader = decoder.readerFor(ResolvableType.forClass(type));
        List<T> payloads = new ArrayList<>();
        for (Message message : to(topic)) {
            payloads.add(read(reader, message, type));
        }
        return payloads;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the reader is one for this type; JSON's null stays null
    private static <T> T read(Reader reader, Message message, Class<T> type) {
        try {
            return (T) reader.read(message.payload());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The %s can't be read as %s: %s; ask for the class that was published"
                            .formatted(message, type.getName(), e.getMessage()),
                    e);
        }
    }

    /** From now on. */
    void forget() {
        after = query(inspection::newestId);
    }

    private <T> T query(ConnectionCallback<T> query) {
        return Objects.requireNonNull(jdbc.execute(query));
    }
}
