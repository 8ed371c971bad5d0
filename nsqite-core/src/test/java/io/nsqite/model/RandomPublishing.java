package io.nsqite.model;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Publishes with all options, alone, together, in transactions, and in such that roll back. */
final class RandomPublishing {

    private static final int KEYS = 5;
    private static final int MOST_DELAY_MILLIS = 30;
    private static final List<String> TEXTS =
            List.of("", "plain", "\"quoted\"", "back\\slash", "two\nlines", "\u00e4\ud83d\ude00");

    private final Random random;
    private final Publications publications;
    private final List<ChannelLedger> ledgers;
    private final DataSource dataSource;
    private final Map<String, Long> deduplicated = new HashMap<>();

    RandomPublishing(Random random, Publications publications, List<ChannelLedger> ledgers, DataSource dataSource) {
        this.random = random;
        this.publications = publications;
        this.ledgers = ledgers;
        this.dataSource = dataSource;
    }

    private record Prepared(Sent sent, NewMessage message) {}

    void publish(Producer producer, String topic) throws SQLException {
        List<Prepared> all = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            all.add(prepare(topic));
        }
        List<NewMessage> messages = all.stream().map(Prepared::message).toList();
        switch (random.nextInt(4)) {
            case 0 -> committed(all, inTransaction(producer, messages));
            case 1 -> rolledBack(producer, all);
            default -> committed(all, producer.publish(messages));
        }
    }

    private Prepared prepare(String topic) {
        String key = random.nextInt(3) > 0 ? "key-" + random.nextInt(KEYS) : null;
        int priority = random.nextInt(4) > 0 ? 4 : random.nextInt(10);
        Duration delay = random.nextInt(8) > 0 ? null : Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS));
        long notBefore = delay == null ? Long.MIN_VALUE : System.nanoTime() + delay.toNanos();
        Sent sent = publications.prepare(key, priority, headers(), notBefore);
        NewMessage message =
                NewMessage.to(topic, sent.payload()).withPriority(priority).withHeaders(sent.headers());
        message = key == null ? message : message.withKey(key);
        message = delay == null ? message : later(message, delay, notBefore);
        message = random.nextInt(10) > 0 ? message : message.withDeduplicationKey("once-" + random.nextInt(10));
        return new Prepared(sent, message);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.put("header-" + random.nextInt(5), TEXTS.get(random.nextInt(TEXTS.size())));
        }
        return headers;
    }

    private NewMessage later(NewMessage message, Duration delay, long notBefore) {
        return random.nextBoolean()
                ? message.withDelay(delay)
                : message.withDeliverAt(SteadyClock.INSTANCE.at(notBefore));
    }

    private List<Long> inTransaction(Producer producer, List<NewMessage> messages) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            List<Long> ids = messages.stream()
                    .map(message -> producer.publishTx(connection, message))
                    .toList();
            connection.commit();
            return ids;
        }
    }

    private void rolledBack(Producer producer, List<Prepared> all) throws SQLException {
        all.forEach(prepared -> publications.rolledBack(prepared.sent()));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            all.forEach(prepared -> producer.publishTx(connection, prepared.message()));
            connection.rollback();
        }
    }

    private void committed(List<Prepared> all, List<Long> ids) {
        for (int i = 0; i < ids.size(); i++) {
            committed(all.get(i), ids.get(i));
        }
    }

    private void committed(Prepared prepared, long id) {
        String deduplicationKey = prepared.message().deduplicationKey();
        Long first = deduplicationKey == null ? null : deduplicated.putIfAbsent(deduplicationKey, id);
        if (first != null) {
            checkDuplicate(prepared, first, id);
            return;
        }
        publications.committed(id, prepared.sent());
        ledgers.forEach(ledger -> ledger.published(id, prepared.sent().key()));
    }

    private void checkDuplicate(Prepared prepared, @Nullable Long first, long id) {
        publications.rolledBack(prepared.sent());
        if (first != null && first != id) {
            ledgers.get(0).violated("a duplicate got the id %d instead of %d".formatted(id, first));
        }
    }
}
