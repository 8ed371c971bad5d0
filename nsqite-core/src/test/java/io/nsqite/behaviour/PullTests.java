package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.ChannelStatus;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.Message;
import io.nsqite.pull.ChannelBusyException;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Receiving by hand: what comes, in which order, and how often. */
abstract class PullTests extends PullTest {

    @Test
    void aReceiveTakesWhatIsThereUpToItsMaximum() {
        pull();
        assertThat(receive(10)).isEmpty();
        publishAll("a", "b", "c");
        List<PulledMessage> two = receive(2);
        assertThat(texts(two)).containsExactly("a", "b");
        assertThat(two).allSatisfy(message -> {
            assertThat(message.attempt()).isEqualTo(1);
            assertThat(message.lastAttempt()).isFalse();
            assertThat(message.message().topic()).isEqualTo("orders");
            assertThat(message.receipt().messageId())
                    .isEqualTo(message.message().id());
        });
        List<PulledMessage> rest = receive(10);
        assertThat(texts(rest)).containsExactly("c");
        assertThat(receive(10)).isEmpty();
        finishAll(two);
        finishAll(rest);
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void whoWantsManyGetsManyWithoutAnsweringInBetweenAlsoWhenThatIsMoreThanIsUsuallyInHand() {
        pull();
        publishAll(IntStream.range(0, 300).mapToObj(String::valueOf).toArray(String[]::new));
        List<PulledMessage> many = new ArrayList<>(receive(250));
        while (many.size() < 250) { // that more may be in hand is written first, perhaps by another thread
            many.addAll(receive(250 - many.size()));
        }
        assertThat(texts(many))
                .containsExactlyElementsOf(
                        IntStream.range(0, 250).mapToObj(String::valueOf).toList());
        finishAll(many);
        assertThat(receive(1000)).hasSize(50);
    }

    @Test
    void nothingIsTakenThatNobodyAsksFor() {
        pull();
        publishAll("a", "b", "c");
        members.pass(SECOND);
        assertThat(mails.consumer().inFlight()).isZero();
        PulledMessage first = receiveOne();
        members.pass(SECOND);
        assertThat(mails.consumer().inFlight()).isEqualTo(1);
        ChannelStatus status = status();
        assertThat(status.waiting()).isEqualTo(3); // until it is finished
        mails.finish(first.receipt());
        assertThat(status().waiting()).isEqualTo(2);
        assertThat(mails.consumer().inFlight()).isZero();
    }

    @Test
    void aRequeuedMessageComesAgainWithTheNextAttempt() {
        pull();
        publish("a");
        mails.requeue(receiveOne().receipt());
        PulledMessage again = receiveOne();
        assertThat(again.attempt()).isEqualTo(2);
        mails.requeue(again.receipt(), Duration.ofSeconds(7));
        members.pass(Duration.ofSeconds(7).minus(MILLISECOND));
        assertThat(receive(1)).isEmpty();
        members.pass(MILLISECOND);
        assertThat(receiveOne().attempt()).isEqualTo(3);
    }

    @Test
    void theLastAttemptSaysSoAndEndsAsADeadLetter() {
        pull(OPTIONS.withMaxAttempts(2));
        publish("a");
        mails.requeue(receiveOne().receipt());
        PulledMessage last = receiveOne();
        assertThat(last.lastAttempt()).isTrue();
        mails.requeue(last.receipt());
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.attempts()).isEqualTo(2));
        assertThat(receive(1)).isEmpty();

        nsqite.admin().replay(CHANNEL, last.message().id());
        assertThat(receiveOne().attempt()).isEqualTo(1);
    }

    @Test
    void aRejectedMessageIsADeadLetterWithTheReason() {
        pull();
        publish("a");
        mails.reject(receiveOne().receipt(), new IllegalStateException("unknown customer"));
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).contains("unknown customer"));
    }

    @Test
    void severalRetriesThatAreDueComeTogether() {
        pull();
        publishAll("a", "b", "c");
        receive(3).forEach(message -> mails.requeue(message.receipt()));
        members.pass(Duration.ZERO);
        List<PulledMessage> again = receive(3);
        assertThat(texts(again)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(again).allSatisfy(message -> assertThat(message.attempt()).isEqualTo(2));
        finishAll(again);
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void moreRetriesThanAreUsuallyInHandComeTogether() {
        pull();
        publishAll(IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new));
        receive(40).forEach(message -> mails.requeue(message.receipt()));
        restart();
        pull();
        List<PulledMessage> again = receive(30);
        assertThat(again).hasSize(30);
        finishAll(again);
        assertThat(receive(30)).hasSize(10);
    }

    @Test
    void priorityGoesFirstAndADelayedMessageComesInItsTime() {
        pull();
        publish(message("low").withPriority(1));
        publish(message("later").withDelay(SECOND));
        publish(message("normal"));
        publish(message("high").withPriority(9));
        assertThat(texts(receive(2))).containsExactly("high", "normal");
        assertThat(texts(receive(2))).containsExactly("low");
        assertThat(receive(1)).isEmpty();
        members.pass(SECOND);
        assertThat(texts(receive(1))).containsExactly("later");
    }

    @Test
    void withOrderAMessageWaitsForTheOneBeforeItOfItsKey() {
        pull(OPTIONS.withKeyOrder(KeyOrder.SKIP_DEAD));
        publish(message("a1").withKey("a"));
        publish(message("a2").withKey("a"));
        publish(message("b1").withKey("b"));
        List<PulledMessage> firsts = receive(10);
        assertThat(texts(firsts)).containsExactly("a1", "b1");
        assertThat(receive(10)).isEmpty();
        mails.requeue(firsts.get(0).receipt(), SECOND);
        mails.finish(firsts.get(1).receipt());
        assertThat(receive(10)).isEmpty();
        members.pass(SECOND);
        PulledMessage again = receiveOne();
        assertThat(text(again)).isEqualTo("a1");
        mails.finish(again.receipt());
        assertThat(texts(receive(10))).containsExactly("a2");
    }

    @Test
    void aPausedChannelHandsOutNothing() {
        pull();
        nsqite.admin().pause(CHANNEL);
        publish("a");
        assertThat(receive(1)).isEmpty();
        nsqite.admin().resume(CHANNEL);
        PulledMessage message = receiveOne();
        mails.consumer().pause();
        mails.requeue(message.receipt());
        assertThat(receive(1)).isEmpty();
        mails.consumer().resume();
        assertThat(receiveOne().attempt()).isEqualTo(2);
    }

    @Test
    void aRewindBringsWhatWasFinishedAgain() {
        pull();
        List<Long> ids = publishAll("a", "b");
        finishAll(receive(2));
        nsqite.admin().rewind(CHANNEL, ids.get(1));
        assertThat(texts(receive(2))).containsExactly("b");
    }

    @Test
    void severalAreFinishedWithOneCommit() throws Exception {
        pull();
        publishAll("a", "b", "c");
        List<PulledMessage> three = receive(3);
        mails.finish(List.of());
        finishAll(three);
        assertThat(queue.position(Message.DEFAULT_PRIORITY))
                .isGreaterThanOrEqualTo(three.get(2).message().id());
        assertThat(queue.isUnclean()).isFalse();
    }

    @Test
    void whatIsNotReceivedSurvivesARestartAndTheChannelKeepsItsPosition() {
        pull();
        publishAll("a", "b");
        mails.finish(receiveOne().receipt());
        restart();
        pull();
        assertThat(texts(receive(2))).containsExactly("b");
    }

    @Test
    void whoClosesWithoutAnAnswerLeavesTheMessageToTheNext() throws Exception {
        pull();
        publishAll("a", "b");
        PulledMessage kept = receiveOne();
        mails.close();
        assertThat(mails.consumer().state()).isEqualTo(Consumer.State.STOPPED);
        assertThat(queue.isUnclean()).isTrue();
        assertThatThrownBy(() -> mails.finish(kept.receipt())).hasMessageContaining("unknown");
        pull();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            PulledMessage next = receiveOne();
            seen.add(text(next));
            mails.finish(next.receipt());
        }
        assertThat(seen).containsExactly("a", "b");
        await(() -> status().isDrained());
    }

    @Test
    void closingTheQueueWaitsForAnswers() {
        pull();
        publish("a");
        PulledMessage message = receiveOne();
        Thread closing = new Thread(nsqite::close);
        closing.start();
        await(() -> mails.consumer().state() == Consumer.State.STOPPING);
        mails.finish(message.receipt());
        await(() -> !closing.isAlive());
        nsqite = openMember();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void aSecondConsumerOfTheChannelIsRefusedWhateverItIs() {
        pull();
        assertThatThrownBy(this::pull)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a consumer in this process already");
        assertThatThrownBy(() -> consume(OPTIONS, this::record)).isInstanceOf(IllegalArgumentException.class);
        mails.close();
        consume(OPTIONS, this::record);
        assertThatThrownBy(this::pull).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChannelThatAnotherProcessServesIsRefusedAndTheOtherNamed() {
        pull();
        long owner = nsqite.admin().owners().get(0).id();
        PullConsumer standby = pull(openMember(), OPTIONS);
        assertThatThrownBy(() -> receive(standby, 1))
                .isInstanceOfSatisfying(ChannelBusyException.class, busy -> {
                    assertThat(busy.ownerId()).isEqualTo(owner);
                    assertThat(busy.topic()).isEqualTo("orders");
                    assertThat(busy.channel()).isEqualTo("mail");
                    assertThat(busy.ownerSince()).isEqualTo(members.now());
                })
                .hasMessageContaining("owner " + owner);
        assertThat(standby.receiveAsync(1, Duration.ZERO, VISIBLE)).isCompletedExceptionally();
        mails.close();
        publish("a");
        passUntil(() -> standby.consumer().state() == Consumer.State.ACTIVE);
        assertThat(texts(receive(standby, 1))).containsExactly("a");
    }

    @Test
    void numbersOutOfRangeAndATransactionAreRefused() {
        HandlerTransaction transaction = work -> {};
        assertThatThrownBy(() -> pull(OPTIONS.withTransaction(transaction)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transaction");
        pull();
        refused(0, Duration.ZERO, VISIBLE, "max must be 1 to 1000 but was 0");
        refused(1001, Duration.ZERO, VISIBLE, "1001");
        refused(1, Duration.ofMillis(-1), VISIBLE, "wait must be 0 to 365 days but was PT-0.001S");
        refused(1, Duration.ofDays(366), VISIBLE, "365 days");
        refused(1, Duration.ZERO, Duration.ZERO, "visibilityTimeout must be 1 ms to 12 hours but was PT0S");
        refused(1, Duration.ZERO, Duration.ofHours(12).plusMillis(1), "12 hours");
        publish("a");
        PulledMessage message = receiveOne();
        assertThatThrownBy(() -> mails.extend(message.receipt(), Duration.ofHours(13)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mails.requeue(message.receipt(), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delay");
        mails.finish(message.receipt());
    }

    private void refused(int max, Duration wait, Duration visibilityTimeout, String message) {
        assertThatThrownBy(() -> mails.receive(max, wait, visibilityTimeout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> mails.receiveAsync(max, wait, visibilityTimeout))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void afterACrashSuspectsComeOneAtATime() throws Exception {
        pull();
        publishAll("a", "b", "c");
        assertThat(receive(2)).hasSize(2);
        PullConsumer standby = pull(openMember(), OPTIONS);
        takeOverFrom(nsqite, standby.consumer());
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<PulledMessage> one = receive(standby, 10);
            assertThat(one).hasSize(1);
            assertThat(receive(standby, 10)).isEmpty();
            seen.addAll(texts(one));
            standby.finish(one.get(0).receipt());
        }
        Collections.sort(seen);
        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
    }

    @Test
    void optionsThatSayHowHandlersRunAreNoObstacle() {
        pull(ConsumerOptions.defaults().withConcurrency(7).withBatchSize(3));
        publishAll("a", "b", "c", "d");
        assertThat(receive(4)).hasSize(4);
    }
}
