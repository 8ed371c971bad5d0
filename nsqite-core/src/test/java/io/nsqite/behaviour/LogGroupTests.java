package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.Nsqite;
import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.Consumer;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.pull.ChannelBusyException;
import io.nsqite.pull.LogReader;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Whose a log is: one process's at a time, and an operator's. */
abstract class LogGroupTests extends LogTest {

    private Consumer consumerOf(Nsqite member) {
        return member.consumers().all().get(0);
    }

    @Test
    void aListenerForTheSameGroupIsRefusedAndTheOtherWayRound() {
        openLog();
        assertThatThrownBy(() -> consume(OPTIONS, this::record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a consumer in this process already");
        assertThatThrownBy(this::openLog).isInstanceOf(IllegalArgumentException.class);
        log.close();
        consume(OPTIONS, this::record);
        assertThatThrownBy(this::openLog).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGroupThatAnotherProcessHasIsRefusedAndTheOtherNamed() {
        openLog();
        Nsqite other = openMember();
        LogReader standby = openLog(other);
        long owner = nsqite.admin().owners().get(0).id();
        publish("a");
        for (Runnable call : List.<Runnable>of(
                () -> standby.fetch(1),
                () -> standby.commit(1),
                standby::committed,
                () -> standby.seek(0),
                standby::seekToLatest)) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            ChannelBusyException.class,
                            busy -> assertThat(busy.ownerId()).isEqualTo(owner));
        }
        log.close();
        passUntil(() -> consumerOf(other).state() == Consumer.State.ACTIVE);
        assertThat(texts(standby.fetch(1))).containsExactly("a");
    }

    @Test
    void afterATakeoverTheOldReaderIsRefusedAndTheOffsetStays() {
        openLog();
        List<Long> ids = publishAll("a", "b");
        log.commit(ids.get(0));
        Nsqite other = openMember();
        LogReader standby = openLog(other);
        takeOverFrom(nsqite, consumerOf(other));
        assertThatThrownBy(() -> log.commit(ids.get(1))).isInstanceOf(ChannelBusyException.class);
        assertThat(standby.committed()).isEqualTo(ids.get(0));
        assertThat(texts(standby.fetch(10))).containsExactly("b");
        members.wake(nsqite);
        assertThatThrownBy(() -> log.fetch(1)).isInstanceOf(ChannelBusyException.class);
    }

    @Test
    void anOperatorsRewindReachesItAndIsNotOverwritten() {
        openLog();
        List<Long> ids = publishAll("a", "b", "c");
        log.commit(ids.get(1));
        assertThat(fetch(10)).containsExactly("c");
        nsqite.admin().rewind(CHANNEL, ids.get(0));
        assertThatThrownBy(() -> log.commit(ids.get(2)))
                .isInstanceOf(DeliveryLostException.class)
                .hasMessageContaining("the group was moved back");
        assertThat(fetch(10)).containsExactly("a", "b", "c");
        log.commit(ids.get(2));
        assertThat(log.committed()).isEqualTo(ids.get(2));
    }

    @Test
    void whatWasFetchedBeforeARewindCantBeCommittedThoughOthersHaveFetchedSince() {
        openLog();
        List<Long> ids = publishAll("a", "b", "c", "d");
        log.commit(ids.get(1));
        assertThat(fetch(10)).containsExactly("c", "d");
        nsqite.admin().rewind(CHANNEL, ids.get(0));
        assertThat(fetch(2)).as("another thread of the group").containsExactly("a", "b");
        assertThatThrownBy(() -> log.commit(ids.get(3)))
                .isInstanceOf(DeliveryLostException.class)
                .hasMessageContaining("the group was moved back");
        assertThat(log.committed()).isLessThan(ids.get(0));
        log.commit(ids.get(1));
        assertThat(fetch(10)).containsExactly("c", "d");
        log.commit(ids.get(3));
        log.seek(ids.get(0));
        assertThatThrownBy(() -> log.commit(ids.get(3))).isInstanceOf(DeliveryLostException.class);
        log.seek(ids.get(2));
        assertThat(fetch(10)).containsExactly("d");
        log.commit(ids.get(3));
    }

    @Test
    void whatComesFirstOfASeldomPriorityIsNotSkippedThoughAListenerLeftItUnread() throws Exception {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        publish(message("low").withPriority(0));
        List<Long> ids = publishAll("normal", "normal too");
        publish(message("lowest").withPriority(1));
        Consumer consumer = consume(OPTIONS.withAckMode(AckMode.MANUAL), deliveries::add);
        for (int i = 0; i < ids.size(); i++) {
            Delivery delivery = deliveries.take();
            assertThat(text(delivery)).startsWith("normal");
            delivery.finish();
        }
        deliveries.take(); // a lower one, which stays unanswered
        nsqite.consumers().unregister(consumer, Duration.ofMillis(1));

        openLog();
        assertThat(log.committed()).isZero();
        assertThat(fetch(10)).startsWith("low").endsWith("lowest");
    }

    @Test
    void aSeekAfterAReplayThatNobodyHasNoticedStays() {
        Consumer consumer = consume(OPTIONS.withMaxAttempts(1), delivery -> {
            throw new IllegalStateException("no mail today");
        });
        List<Long> ids = publishAll("a", "b");
        await(() -> deadLetters().size() == 2);
        nsqite.consumers().unregister(consumer, LIMIT);
        openLog();
        nsqite.admin().replay(CHANNEL, ids.get(0));
        log.seekToLatest();
        assertThat(fetch(10)).isEmpty();
        assertThat(log.committed()).isEqualTo(ids.get(1));
    }

    @Test
    void aFetchInAWritingTransactionOfTheThreadThatWouldHaveToWriteIsRefusedAtOnce() throws Exception {
        openLog();
        List<Long> ids = publishAll("a", "b");
        log.commit(ids.get(1));
        nsqite.admin().rewind(CHANNEL, ids.get(0));
        try (Effects effects = Effects.in(queue)) {
            effects.add(1);
            assertThatThrownBy(() -> log.fetch(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Reading the log")
                    .hasMessageContaining("transaction");
        }
        assertThat(fetch(10)).containsExactly("a", "b");
    }

    @Test
    void aLogInWhichNothingIsOpenIsGivenBackInOrderThoughOtherTopicsWentOn() throws Exception {
        openLog();
        List<Long> ids = publishAll("a");
        nsqite.producer().publish("other", "x");
        log.commit(ids.get(0));
        log.close();
        openLog();
        assertThat(fetch(10)).isEmpty();
        log.close();
        assertThat(queue.isUnclean()).isFalse();
    }

    @Test
    void anOperatorsRewindEndsTheWaitOfAFetch() throws Exception {
        openLog();
        long id = publish("a");
        log.commit(id);
        BlockingQueue<String> fetched = new LinkedBlockingQueue<>();
        Thread waiting = new Thread(() -> {
            try {
                fetched.addAll(texts(log.fetch(1, Duration.ofMinutes(1))));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        nsqite.admin().rewind(CHANNEL, id);
        await(() -> fetched.contains("a"));
        waiting.join(LIMIT.toMillis());
    }

    @Test
    void anOperatorsPurgeDropsWhatWaits() {
        openLog();
        List<Long> ids = publishAll("a", "b");
        assertThat(fetch(10)).hasSize(2);
        assertThat(nsqite.admin().purge(CHANNEL)).isEqualTo(2);
        log.commit(ids.get(0)); // done already, as it was dropped
        assertThat(fetch(10)).isEmpty();
        assertThat(log.committed()).isGreaterThanOrEqualTo(ids.get(1));
        publish("c");
        assertThat(fetch(10)).containsExactly("c");
    }

    @Test
    void whileItIsPausedNothingIsFetchedButCommitsAreTaken() {
        openLog();
        List<Long> ids = publishAll("a", "b");
        assertThat(fetch(1)).hasSize(1);
        nsqite.admin().pause(CHANNEL);
        assertThat(fetch(10)).isEmpty();
        log.commit(ids.get(0));
        nsqite.admin().resume(CHANNEL);
        assertThat(fetch(10)).containsExactly("b");
        Consumer consumer = consumerOf(nsqite);
        consumer.pause();
        assertThat(fetch(10)).isEmpty();
        consumer.resume();
        assertThat(fetch(10)).containsExactly("b");
    }

    @Test
    void aDeletedGroupEndsItsReader() {
        openLog();
        publish("a");
        nsqite.admin().delete(CHANNEL);
        assertThatThrownBy(() -> log.fetch(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is stopped");
        log.close();
        openLog();
        publish("b");
        assertThat(fetch(10)).containsExactly("b");
    }

    @Test
    void whatAListenerDidNotFinishComesFromTheOldestOnAndDeadLettersStay() throws Exception {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        Consumer consumer = consume(OPTIONS.withAckMode(AckMode.MANUAL).withConcurrency(8), deliveries::add);
        List<Long> ids = publishAll("done", "dead", "retried", "done too", "open");
        publish(message("delayed").withDelay(SECOND));
        publish(message("high").withPriority(9));
        await(() -> deliveries.size() == 6);
        for (Delivery delivery : List.copyOf(deliveries)) {
            switch (text(delivery)) {
                case "dead" -> delivery.reject(new IllegalStateException("unknown customer"));
                case "retried" -> delivery.requeue(Duration.ofHours(1));
                case "done too", "high", "done" -> delivery.finish();
                default -> {}
            }
        }
        nsqite.consumers().unregister(consumer, Duration.ofMillis(1));

        openLog();
        assertThat(log.committed()).isLessThan(ids.get(2)).isGreaterThanOrEqualTo(ids.get(0));
        assertThat(fetch(10)).endsWith("retried", "done too", "open", "delayed", "high");
        assertThat(queue.doneAhead()).isZero();
        assertThat(queue.deliveries(DeliveryState.DUE)).isEmpty();
        assertThat(deadLetters()).hasSize(1);
        assertThat(queue.isUnclean()).isFalse();
    }

    @Test
    void aDeadLetterThatIsReplayedTakesTheGroupBackToIt() {
        Consumer consumer = consume(OPTIONS.withMaxAttempts(1), delivery -> {
            throw new IllegalStateException("no mail today");
        });
        List<Long> ids = publishAll("a", "b");
        await(() -> deadLetters().size() == 2);
        nsqite.consumers().unregister(consumer, LIMIT);
        openLog();
        assertThat(fetch(10)).isEmpty();
        nsqite.admin().replay(CHANNEL, ids.get(1));
        assertThat(fetch(10)).containsExactly("b");
        log.commit(ids.get(1));
        assertThat(deadLetters()).hasSize(1);
        assertThat(fetch(10)).isEmpty();
    }

    @Test
    void aListenerGoesOnWhereTheLogEnded() {
        openLog();
        List<Long> ids = publishAll("a", "b", "c");
        log.commit(ids.get(0));
        log.close();
        consume(OPTIONS, this::record);
        awaitHandled(2);
        drain();
        assertThat(handled).containsExactly("b 1", "c 1");
    }

    @Test
    void closingEndsAFetchThatWaits() throws Exception {
        openLog();
        BlockingQueue<List<String>> fetched = new LinkedBlockingQueue<>();
        Thread waiting = new Thread(() -> {
            try {
                fetched.add(texts(log.fetch(1, Duration.ofMinutes(1))));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        log.close();
        waiting.join(LIMIT.toMillis());
        assertThat(fetched).containsExactly(List.of());
        assertThatThrownBy(() -> log.fetch(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.commit(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCommitInAWritingTransactionOfTheThreadIsRefusedAtOnce() throws Exception {
        openLog();
        long id = publish("a");
        try (Effects effects = Effects.in(queue)) {
            effects.add(1);
            assertThatThrownBy(() -> log.commit(id))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction");
        }
        log.commit(id);
    }
}
