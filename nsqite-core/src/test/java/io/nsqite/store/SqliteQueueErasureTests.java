package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.Settlement.CursorMove;
import io.nsqite.store.StatusStore.ChannelLine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueueErasureTests extends StoreTests {

    @TempDir
    Path folder;

    @Override
    QueueStore store() {
        return QueueStore.sqlite(TablePrefix.DEFAULT);
    }

    @Override
    Connection open() throws SQLException {
        return SqliteFile.open(folder, TablePrefix.DEFAULT);
    }

    @Test
    void nothingIsLeftButTopicsAndChannelsAndIdsGoOn() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long topicId = store.topics().findOrCreate(transaction, "topic");
        NewRow once = new NewRow(topicId, PRIORITY, 5, null, Map.of(), new byte[0], null, "once");
        for (int i = 0; i < 3; i++) {
            append("topic");
        }
        assertThat(store.messages().appendOnce(transaction, once)).isEqualTo(new Appended(4, true));
        DeliveryRow running = new DeliveryRow(1, PRIORITY, DeliveryState.RUNNING, null, 2, "key", FAILURE);
        List<DeliveryRow> rows = List.of(running, due(2, 10).dead(FAILURE));
        settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, 2)), List.of(4L), rows));
        store.operator().pause(transaction, claim.channelId());

        new QueueErasure(TablePrefix.DEFAULT).erase(transaction);
        new QueueErasure(TablePrefix.DEFAULT).erase(transaction);

        assertThat(store.status().channels(transaction, ALL))
                .containsExactly(new ChannelLine("topic", "channel", 0, 0, 0, false, owner, 0, 0, null, true, true));
        assertThat(store.messages().newestId(transaction)).isEqualTo(4);
        assertThat(store.messages().appendOnce(transaction, once)).isEqualTo(new Appended(5, true));
        assertThat(store.status().channels(transaction, ALL))
                .extracting(ChannelLine::waiting)
                .containsExactly(1L);
        assertThat(load(claim).cursors()[PRIORITY]).isEqualTo(4);
    }

    @Test
    void anEmptyQueueStaysEmpty() throws Exception {
        new QueueErasure(TablePrefix.DEFAULT).erase(transaction);
        assertThat(store.messages().newestId(transaction)).isZero();
        assertThat(append("topic")).isEqualTo(1);
    }
}
