package io.nsqite.store;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.OwnerStore.Library;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the suites of behaviour share; they know no database. */
@Timeout(20)
abstract class StoreTests {

    static final int PRIORITY = Message.DEFAULT_PRIORITY;
    static final int IN_HAND = 10;
    static final StatusStore.Counting ALL = StatusStore.Counting.all(Long.MAX_VALUE);
    static final Failure FAILURE = new Failure("error", "stack", 7);

    QueueStore store;
    Connection transaction;
    long owner;

    abstract QueueStore store();

    /** With auto-commit off, to an empty database that has the tables. */
    abstract Connection open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        store = store();
        transaction = open();
        owner = store.owners().register(transaction, 1, new Library("test", 1), "side-file");
    }

    @AfterEach
    void close() throws Exception {
        transaction.close();
    }

    long append(String topic) throws SQLException {
        return append(topic, PRIORITY);
    }

    long append(String topic, int priority) throws SQLException {
        long topicId = store.topics().findOrCreate(transaction, topic);
        return store.messages().append(transaction, new NewRow(topicId, priority, 5, null, Map.of(), new byte[] {1}));
    }

    void appendMany(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            append("topic");
        }
    }

    long create(String topic, String channel, Start start) throws SQLException {
        return store.channels()
                .create(transaction, List.of(new NewChannel(topic, channel, start)))
                .get(0);
    }

    Claim takeNew(String topic, Start start) throws SQLException {
        return take(create(topic, "channel", start)).claim();
    }

    Taken take(long channelId) throws SQLException {
        return store.channels().take(transaction, channelId, owner, IN_HAND).orElseThrow();
    }

    ChannelContents load(Claim claim) throws SQLException {
        return store.channels().load(transaction, claim);
    }

    long cursor(Claim claim) throws SQLException {
        return load(claim).cursors()[PRIORITY];
    }

    static Settlement settlement(List<CursorMove> moves, List<Long> done, List<DeliveryRow> rows) {
        return new Settlement(moves, done, List.of(), rows, List.of());
    }

    Fence settle(Claim claim, Settlement settlement) throws SQLException {
        return store.channels().settle(transaction, claim, settlement);
    }

    /** When no clock was ever set. */
    static Clocks at(long time) {
        return new Clocks(time, time);
    }

    static DeliveryRow due(long id, long at) {
        return new DeliveryRow(id, PRIORITY, DeliveryState.DUE, at, 2, "key", FAILURE);
    }
}
