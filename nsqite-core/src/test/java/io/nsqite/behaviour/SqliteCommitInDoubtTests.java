package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.FaultyDriver;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commits of handlers' transactions of which the disk says that they failed, whether they did or not. */
class SqliteCommitInDoubtTests extends BehaviourTest {

    private static final int IOERR = 10;

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

    /** Transactions of handlers whose first commit is to fail; those of the queue itself are not. */
    private static final class FailingOnce implements HandlerTransaction {
        private final ApplicationTransactions transactions;
        private final ThreadLocal<Boolean> committing = ThreadLocal.withInitial(() -> false);
        private final AtomicBoolean failed = new AtomicBoolean();

        private FailingOnce(ApplicationTransactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public void run(Body body) throws Exception {
            try {
                transactions.run(new Body() {
                    @Override
                    public void handle() throws Exception {
                        body.handle();
                    }

                    @Override
                    public void acknowledge(Connection transaction) throws SQLException {
                        body.acknowledge(transaction);
                        committing.set(true);
                    }
                });
            } finally {
                committing.set(false);
            }
        }

        boolean isToFail(String sql) {
            return committing.get() && sql.startsWith("COMMIT") && failed.compareAndSet(false, true);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,1", "true,2", "false,2"})
    void isReadFromTheTableAndTheEffectsAreExact(boolean takesEffect, int attempt) throws Exception {
        ApplicationTransactions transactions = new ApplicationTransactions(queue);
        FailingOnce failing = new FailingOnce(transactions);
        consume(OPTIONS.withTransaction(failing), delivery -> {
            record(delivery);
            transactions.addEffect(delivery.message().id());
            if (delivery.attempt() < attempt) {
                throw new IllegalStateException("no mail today");
            }
        });
        if (takesEffect) {
            disk.failAfter(IOERR, failing::isToFail);
        } else {
            disk.failWith(IOERR, failing::isToFail);
        }
        List<Long> ids = publishAll("a", "b", "c");
        drain();
        assertThat(disk.failures()).isEqualTo(1);
        try (Effects effects = Effects.in(queue)) {
            assertThat(effects.all()).isEqualTo(ids);
        }
        assertThat(handled).hasSize(3 * attempt + (takesEffect ? 0 : 1)).doesNotHaveDuplicates();
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
        await(() -> queue.doneAhead() == 0);
    }
}
