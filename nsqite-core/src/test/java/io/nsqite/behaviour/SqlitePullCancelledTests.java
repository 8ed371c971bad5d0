package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.FaultyDriver;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.pull.PulledMessage;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has asked is gone when the attempt of a message that waited for him in the table has just been written. */
class SqlitePullCancelledTests extends PullTest {

    private static final int NONE = 0;

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

    /** Asks, and goes when the attempt begins; until that is taken back. Before, the next who asks could get what was begun for this one. */
    private void askAndGo() {
        CompletableFuture<CompletableFuture<?>> asking = new CompletableFuture<>();
        AtomicInteger writes = new AtomicInteger();
        disk.failWith(NONE, sql -> {
            if (sql.contains("REPLACE INTO nsqite_delivery") && writes.incrementAndGet() == 1) {
                asking.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().cancel(false);
            }
            return false;
        });
        asking.complete(waitForOne());
        await(() -> writes.get() > 1);
        disk.heal();
    }

    @ParameterizedTest
    @EnumSource(KeyOrder.class)
    void aRetryGoesBackAndTheAttemptDoesNotCount(KeyOrder order) throws Exception {
        pull(OPTIONS.withKeyOrder(order).withMaxAttempts(2));
        publish(message("a").withKey("key"));
        mails.requeue(receiveOne().receipt(), SECOND);
        members.pass(SECOND);
        for (int i = 0; i < 3; i++) {
            askAndGo();
            await(() -> queue.deliveries(DeliveryState.RUNNING).isEmpty());
            assertThat(queue.deliveries(DeliveryState.DUE)).hasSize(1);
            assertThat(mails.consumer().inFlight()).isZero();
        }
        PulledMessage second = receiveOne();
        assertThat(second.attempt()).isEqualTo(2);
        mails.finish(second.receipt());
        assertThat(status().isDrained()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(KeyOrder.class)
    void whatAnEarlierOwnerMayHaveHadInHandGoesBackAndComesFirstAgain(KeyOrder order) {
        pull(OPTIONS.withKeyOrder(order).withMaxAttempts(3));
        publish(message("a").withKey("key"));
        publish(message("b").withKey("key"));
        receiveOne();
        mails.close();
        pull(OPTIONS.withKeyOrder(order).withMaxAttempts(3));
        for (int i = 0; i < 5; i++) {
            askAndGo();
            await(() -> mails.consumer().inFlight() == 0);
        }
        for (String text : List.of("a", "b")) {
            PulledMessage next = receiveOne();
            assertThat(text(next)).isEqualTo(text);
            mails.finish(next.receipt());
        }
        assertThat(deadLetters()).isEmpty();
        await(() -> status().isDrained());
    }

    @Test
    void ofRetriesThatAreDueBesideNewMessagesNoneRunsThatNobodyHas() throws Exception {
        pull(OPTIONS.withMaxAttempts(2));
        publishAll("a", "b", "c", "d", "e", "f", "g", "h");
        receive(8).forEach(message -> mails.requeue(message.receipt(), SECOND));
        members.pass(SECOND);
        publishAll("i", "j", "k", "l", "m", "n", "o", "p");
        List<PulledMessage> half = receive(8);
        long retries = half.stream().filter(message -> message.attempt() == 2).count();
        await(() -> queue.deliveries(DeliveryState.RUNNING).size() == retries);
        assertThat(queue.deliveries(DeliveryState.DUE)).hasSize(8 - (int) retries);
        finishAll(half);
        while (!status().isDrained()) {
            finishAll(receive(8));
        }
        assertThat(deadLetters()).isEmpty();
    }
}
