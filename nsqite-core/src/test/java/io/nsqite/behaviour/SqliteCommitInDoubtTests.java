package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.FaultyDriver;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commits of handlers' transactions of which the disk says that they failed, whether they did or not. */
class SqliteCommitInDoubtTests extends BehaviourTest {

    private static final int IOERR = 10;

    private FaultyDriver disk;

    @Override
    QueueUnderTest queue(Path itsFolder) {
        return new SqliteQueueUnderTest(itsFolder);
    }

    @BeforeEach
    @Override
    void open() {
        try {
            disk = FaultyDriver.open();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        super.open();
    }

    @AfterEach
    void closeDisk() throws Exception {
        disk.close();
    }

    /** Statements that are to fail, on threads that handle messages; the queue itself settles there too, outside of transactions. */
    private static final class HandlersOnly {
        private final ThreadLocal<Boolean> inTransaction = ThreadLocal.withInitial(() -> false);
        private final AtomicInteger left = new AtomicInteger();

        private HandlersOnly(int times) {
            left.set(times);
        }

        boolean isToFail(String sql) {
            return inTransaction.get()
                    && sql.startsWith("COMMIT")
                    && left.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
        }
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,1", "true,2", "false,2"})
    void isReadFromTheTableAndTheEffectsAreExact(boolean takesEffect, int attempt) throws Exception {
        ApplicationTransactions transactions = new ApplicationTransactions(queue);
        HandlersOnly failing = new HandlersOnly(1);
        HandlerTransaction transaction = body -> transactions.run(new HandlerTransaction.Body() {
            @Override
            public void handle() throws Exception {
                body.handle();
            }

            @Override
            public void acknowledge(java.sql.Connection connection) throws java.sql.SQLException {
                body.acknowledge(connection);
                failing.inTransaction.set(true);
            }
        });
        consume(
                OPTIONS.withTransaction(body -> {
                    try {
                        transaction.run(body);
                    } finally {
                        failing.inTransaction.set(false);
                    }
                }),
                delivery -> {
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
