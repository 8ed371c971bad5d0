package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.message.NewMessage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class InHandLimitTests {

    private static final ConsumerOptions ONE = ConsumerOptions.defaults();

    @TempDir
    Path folder;

    private static int settle(InHandLimit limit, int unsettledAfterwards) {
        int proposed = limit.propose();
        limit.store(proposed, unsettledAfterwards);
        return proposed;
    }

    @Test
    void itDoublesWhileHandlersReachItAndEndsAtItsGreatest() {
        InHandLimit limit = new InHandLimit(ONE);
        int stored = InHandLimit.least(ONE);
        while (stored < 2049) {
            assertThat(limit.isReached(stored - 1)).isFalse();
            limit.handedOut(stored);
            assertThat(limit.isReached(stored)).isTrue();
            stored = Math.min(2049, stored * 2);
            assertThat(settle(limit, 0)).isEqualTo(stored);
        }
        limit.handedOut(2049);
        assertThat(settle(limit, 0)).isEqualTo(2049);
    }

    @Test
    void moreAreNotAllowedBeforeTheNumberIsStored() {
        InHandLimit limit = new InHandLimit(ONE);
        limit.handedOut(17);
        assertThat(limit.propose()).isEqualTo(34);
        assertThat(limit.isReached(17)).isTrue();
        limit.store(34, 17);
        assertThat(limit.isReached(33)).isFalse();
    }

    @Test
    void fewerAreAllowedAtOnceButNeverFewerThanAreInHand() {
        InHandLimit limit = new InHandLimit(ONE);
        limit.store(2049, 100);
        assertThat(limit.propose()).isEqualTo(1024);
        assertThat(limit.isReached(1024)).isTrue();
        limit.store(1024, 300);
        assertThat(limit.propose()).as("more than a quarter in hand").isEqualTo(1024);
    }

    @Test
    void whatIsExpectedIsStoredAtOnceAndForgottenThen() {
        InHandLimit limit = new InHandLimit(ONE);
        assertThat(limit.expect(InHandLimit.least(ONE))).as("allowed anyway").isFalse();
        assertThat(limit.expect(300)).isTrue();
        assertThat(limit.expect(300)).as("is on its way").isFalse();
        assertThat(limit.isReached(17)).as("not stored yet").isTrue();
        assertThat(settle(limit, 17)).isEqualTo(300);
        assertThat(limit.isReached(299)).isFalse();
        limit.handedOut(100);
        assertThat(settle(limit, 100)).isEqualTo(300);
        assertThat(limit.expect(100_000)).isTrue();
        assertThat(settle(limit, 300)).as("the most").isEqualTo(2049);
        assertThat(limit.expect(100_000)).isFalse();
    }

    @Test
    void itNeverFallsBelowItsLeast() {
        InHandLimit limit = new InHandLimit(ONE);
        for (int i = 0; i < 10; i++) {
            settle(limit, 0);
        }
        assertThat(limit.propose()).isEqualTo(InHandLimit.least(ONE));
    }

    @Test
    void whileHandlersAreSlowFewMessagesAreSuspectAfterACrash() throws Exception {
        QueueFile file = new QueueFile(folder);
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            nsqite.producer()
                    .publish(IntStream.range(0, 1000)
                            .mapToObj(i -> NewMessage.to("orders", "x"))
                            .toList());
            nsqite.consume("orders", "mail", ONE.withConcurrency(2).withStartFrom(StartPosition.EARLIEST), delivery -> {
                entered.countDown();
                release.await();
            });
            assertThat(entered.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(file.rows("SELECT in_hand FROM nsqite_channel")).isEqualTo(Collections.singletonList("18"));
            release.countDown();
            nsqite.admin().awaitDrained(QueueFile.CHANNEL, QueueFile.LIMIT);
        }
    }
}
