package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.FaultyDriver;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commit by which a retry begins is in doubt, and an operator purges the channel before the engine has found out. */
class SqliteAttemptInDoubtTests extends BehaviourTest {

    private static final int IOERR = 10;

    private final AtomicBoolean beginning = new AtomicBoolean();
    private FaultyDriver disk;

    @Override
    QueueUnderTest queue(Path itsFolder) throws SQLException {
        disk = FaultyDriver.open();
        return new SqliteQueueUnderTest(itsFolder);
    }

    @AfterEach
    void closeDisk() throws SQLException {
        disk.close();
    }

    private boolean isBeginning(String sql) {
        if (sql.contains("WHERE id = ? AND topic_id <> 0")) {
            beginning.set(true);
        }
        return beginning.get() && sql.startsWith("COMMIT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasPurgedDoesNotComeBack(boolean takesEffect) throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (text(delivery).equals("fails")) {
                throw new IllegalStateException("no mail today");
            }
        });
        publish("fails");
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        if (takesEffect) {
            disk.failAfter(IOERR, this::isBeginning);
        } else {
            disk.failWith(IOERR, this::isBeginning);
        }
        members.pass(SECOND);
        await(() -> disk.failures() > 0);
        disk.heal();
        nsqite.admin().purge(CHANNEL);
        publish("other");
        drain();
        if (takesEffect) {
            assertThat(handled).as("purging leaves what runs").contains("fails 2", "fails 4", "other 1");
        } else {
            assertThat(handled).containsExactly("fails 1", "other 1");
        }
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
    }
}
