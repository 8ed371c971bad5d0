package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.Consumer;
import io.nsqite.pull.ChannelBusyException;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Receives that wait: what ends them, and what they leave behind. */
abstract class PullWaitTests extends PullTest {

    @Test
    void aCommitEndsTheWaitThoughNoTimePasses() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        assertThat(waiting).isNotDone();
        publish("a");
        assertThat(texts(answer(waiting))).containsExactly("a");
    }

    @Test
    void aThreadThatWaitsIsWokenByACommit() throws Exception {
        pull();
        AtomicReference<List<PulledMessage>> received = new AtomicReference<>(List.of());
        Thread waiting = new Thread(() -> {
            try {
                received.set(mails.receive(5, Duration.ofMinutes(1), VISIBLE));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        await(() -> waiting.getState() == Thread.State.WAITING);
        publish("a");
        waiting.join(LIMIT.toMillis());
        assertThat(texts(received.get())).containsExactly("a");
    }

    @Test
    void aCommitOfAnotherProcessEndsTheWait() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        openMember().producer().publish(message("a"));
        passUntil(waiting::isDone);
        assertThat(texts(waiting.join())).containsExactly("a");
    }

    @Test
    void theWaitIsOverAfterItsTimeToTheMillisecond() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = mails.receiveAsync(1, SECOND, VISIBLE);
        members.pass(SECOND.minus(MILLISECOND));
        assertThat(waiting).isNotDone();
        members.pass(MILLISECOND);
        assertThat(answer(waiting)).isEmpty();
        publish("a");
        assertThat(text(receiveOne())).isEqualTo("a");
    }

    @Test
    void thoseWhoWaitAreServedInTheOrderInWhichTheyCame() {
        pull();
        List<CompletableFuture<List<PulledMessage>>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(waitForOne());
        }
        for (String text : List.of("a", "b", "c", "d")) {
            publish(text);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(texts(answer(waiting.get(i))))
                    .containsExactly(List.of("a", "b", "c", "d").get(i));
        }
    }

    @Test
    void aRetryThatBecomesDueEndsTheWait() {
        pull();
        publish("a");
        mails.requeue(receiveOne().receipt(), SECOND);
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        members.pass(SECOND);
        assertThat(answer(waiting))
                .singleElement()
                .satisfies(message -> assertThat(message.attempt()).isEqualTo(2));
    }

    @Test
    void whoIsCancelledGetsNothingAndTheNextGetsIt() {
        pull();
        CompletableFuture<List<PulledMessage>> first = waitForOne();
        CompletableFuture<List<PulledMessage>> second = waitForOne();
        first.cancel(false);
        publish("a");
        assertThat(texts(answer(second))).containsExactly("a");
        assertThat(mails.consumer().inFlight()).isEqualTo(1);
    }

    @Test
    void whoEndsTheFutureInAnotherWayIsOutOfTheLineToo() {
        pull();
        CompletableFuture<List<PulledMessage>> first = waitForOne();
        first.completeExceptionally(new IllegalStateException("the client has gone"));
        publish("a");
        assertThat(text(receiveOne())).isEqualTo("a");
    }

    @Test
    void cancellingAtWhateverMomentLosesNothingAndHoldsNothing() {
        pull();
        int rounds = 300;
        int received = 0;
        for (int round = 0; round < rounds; round++) {
            CompletableFuture<List<PulledMessage>> waiting = waitForOne();
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish("a"));
            int spins = round * 50;
            for (int spin = 0; spin < spins; spin++) {
                Thread.onSpinWait();
            }
            if (!waiting.cancel(false)) {
                finishAll(waiting.join());
                received++;
            }
            publishing.join();
        }
        await(() -> mails.consumer().inFlight() == 0); // what was on its way is back, though no time passes
        while (received < rounds) {
            List<PulledMessage> rest = receive(100);
            assertThat(rest)
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message.attempt()).isEqualTo(1));
            finishAll(rest);
            received += rest.size();
        }
        assertThat(received).isEqualTo(rounds);
        await(() -> status().isDrained());
    }

    @Test
    void anInterruptEndsTheWaitAndWithdrawsTheRequest() throws Exception {
        pull();
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                mails.receive(1, Duration.ofMinutes(1), VISIBLE);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        waiting.start();
        await(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        publish("a");
        assertThat(text(receiveOne())).isEqualTo("a");
    }

    @Test
    void whoIsInterruptedAlreadyReceivesNothing() throws Exception {
        pull();
        publish("a");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> mails.receive(1, Duration.ofMinutes(1), VISIBLE))
                .isInstanceOf(InterruptedException.class);
        await(() -> mails.consumer().inFlight() == 0);
        assertThat(receiveOne().attempt()).isEqualTo(1);
    }

    @Test
    void closingEndsThoseWhoWaitWithNothing() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        mails.close();
        assertThat(answer(waiting)).isEmpty();
        assertThatThrownBy(() -> receive(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is stopped");
        assertThatThrownBy(() -> waitForOne().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        mails.close();
    }

    @Test
    void stoppingTheConsumerOrDeletingTheChannelEndsThoseWhoWait() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        mails.consumer().stop(LIMIT);
        assertThat(answer(waiting)).isEmpty();
        mails.consumer().start();
        awaitServing();
        CompletableFuture<List<PulledMessage>> again = waitForOne();
        nsqite.admin().delete(CHANNEL);
        assertThat(answer(again)).isEmpty();
        assertThat(mails.consumer().state()).isEqualTo(Consumer.State.STOPPED);
    }

    @Test
    void closingTheQueueEndsThoseWhoWait() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        members.close(nsqite);
        assertThat(answer(waiting)).isEmpty();
        nsqite = openMember();
    }

    @Test
    void aChannelThatIsTakenAwayEndsThoseWhoWaitAndNamesWhoHasIt() {
        pull();
        PullConsumer standby = pull(openMember(), OPTIONS);
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        takeOverFrom(nsqite, standby.consumer());
        members.wake(nsqite);
        passUntil(waiting::isDone);
        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ChannelBusyException.class);
    }

    @Test
    void waitingCostsNoLookAtTheDatabase() throws Exception {
        pull();
        List<CompletableFuture<List<PulledMessage>>> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiting.add(waitForOne());
        }
        int threads = Thread.activeCount();
        nsqite.producer().publish("another", "a");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        waiting.forEach(one -> one.cancel(true));
        publish("b");
        assertThat(text(receiveOne())).isEqualTo("b");
    }
}
