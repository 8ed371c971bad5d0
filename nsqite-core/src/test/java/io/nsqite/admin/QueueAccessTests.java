package io.nsqite.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.QueueFile;
import io.nsqite.database.Durability;
import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.SystemTimer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which looks wait for which. */
@Timeout(30)
class QueueAccessTests {

    private static final ChannelName MAIL = new ChannelName("orders", "mail");

    @TempDir
    Path folder;

    private static final class Nobody implements OperatorListener {

        @Override
        public void channelChanged() {}

        @Override
        public void channelDeleted() {}
    }

    @Test
    void aChannelIsPausedWhileSomebodyCountsMillions() throws Exception {
        QueueStore store = QueueStore.sqlite(TablePrefix.DEFAULT);
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch counted = new CountDownLatch(1);
        Schema schema = Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS);
        try (SystemTimer timer = new SystemTimer("test-timer");
                QueueDatabase database = QueueDatabase.open(new QueueFile(folder).dataSource(), schema)) {
            database.writer()
                    .call(
                            transaction -> store.channels()
                                    .create(
                                            transaction,
                                            List.of(new NewChannel(MAIL.topic(), MAIL.channel(), Start.DEFAULT))),
                            Durability.RELAXED);
            EngineClock clock = new EngineClock(InstantSource.system(), timer);
            QueueAccess access = new QueueAccess(database, store, clock, new Nobody());
            FutureTask<Boolean> count = new FutureTask<>(() -> access.read(connection -> {
                counting.countDown();
                return await(counted);
            }));
            new Thread(count).start();
            assertThat(counting.await(10, TimeUnit.SECONDS)).isTrue();

            new ChannelOperations(access).pause(MAIL);
            assertThat(access.channel(MAIL, 1).orElseThrow().paused()).isTrue();
            assertThat(count.isDone()).isFalse();
            counted.countDown();
            assertThat(count.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
