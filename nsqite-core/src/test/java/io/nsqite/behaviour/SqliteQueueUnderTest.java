package io.nsqite.behaviour;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteBuilder;
import io.nsqite.QueueFile;
import io.nsqite.jdbc.TablePrefix;
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
    private final TablePrefix prefix;

    SqliteQueueUnderTest(Path folder) {
        this(folder, new Properties());
    }

    SqliteQueueUnderTest(Path folder, Properties properties) {
        this(new QueueFile(folder, properties), TablePrefix.DEFAULT);
    }

    SqliteQueueUnderTest(QueueFile file, TablePrefix prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    @Override
    public NsqiteBuilder builder() {
        return Nsqite.builder(file.dataSource()).tablePrefix(prefix.text());
    }

    @Override
    public Connection transaction() throws SQLException {
        return file.transaction();
    }

    @Override
    public long position(int priority) throws SQLException {
        return numbers("SELECT done_to FROM {cursor} WHERE priority = " + priority)
                .get(0);
    }

    @Override
    public int doneAhead() throws SQLException {
        return numbers("SELECT message_id FROM {done}").size();
    }

    @Override
    public List<Long> deliveries(DeliveryState state) throws SQLException {
        String name = state.name().toLowerCase(Locale.ROOT);
        return numbers("SELECT message_id FROM {delivery} WHERE state = '" + name + "' ORDER BY message_id");
    }

    @Override
    public boolean isUnclean() throws SQLException {
        return numbers("SELECT unclean FROM {channel}").get(0) != 0;
    }

    private List<Long> numbers(String sql) throws SQLException {
        return file.rows(prefix.in(sql)).stream().map(Long::valueOf).toList();
    }
}
