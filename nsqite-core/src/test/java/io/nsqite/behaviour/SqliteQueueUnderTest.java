package io.nsqite.behaviour;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteBuilder;
import io.nsqite.QueueFile;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** A SQLite file. */
final class SqliteQueueUnderTest implements QueueUnderTest {

    private final QueueFile file;

    SqliteQueueUnderTest(Path folder) {
        this(folder, new Properties());
    }

    SqliteQueueUnderTest(Path folder, Properties properties) {
        file = new QueueFile(folder, properties);
    }

    @Override
    public NsqiteBuilder builder() {
        return Nsqite.builder(file.dataSource());
    }

    @Override
    public Connection transaction() throws SQLException {
        return file.transaction();
    }

    @Override
    public long position(int priority) throws SQLException {
        return numbers("SELECT done_to FROM nsqite_cursor WHERE priority = " + priority)
                .get(0);
    }

    @Override
    public int doneAhead() throws SQLException {
        return numbers("SELECT message_id FROM nsqite_done").size();
    }

    @Override
    public List<Long> deliveries(DeliveryState state) throws SQLException {
        String name = state.name().toLowerCase(Locale.ROOT);
        return numbers("SELECT message_id FROM nsqite_delivery WHERE state = '" + name + "' ORDER BY message_id");
    }

    @Override
    public boolean isUnclean() throws SQLException {
        return numbers("SELECT unclean FROM nsqite_channel").get(0) != 0;
    }

    private List<Long> numbers(String sql) throws SQLException {
        return file.rows(sql).stream().map(Long::valueOf).toList();
    }
}
