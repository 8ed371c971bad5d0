package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.message.DeliveryLostException;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.pull.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answering by receipts: who may, and until when. */
abstract class PullReceiptTests extends PullTest {

    private List<Runnable> answers(PullConsumer consumer, Receipt receipt) {
        return List.of(
                () -> consumer.finish(receipt),
                () -> consumer.finish(List.of(receipt)),
                () -> consumer.requeue(receipt),
                () -> consumer.requeue(receipt, SECOND),
                () -> consumer.reject(receipt, new IllegalStateException("unknown customer")),
                () -> consumer.extend(receipt, SECOND));
    }

    private void assertLost(PullConsumer consumer, Receipt receipt, String reason) {
        for (Runnable answer : answers(consumer, receipt)) {
            assertThatThrownBy(answer::run)
                    .isInstanceOf(DeliveryLostException.class)
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void aReceiptSurvivesAsText() {
        pull();
        publish("a");
        Receipt receipt = receiveOne().receipt();
        String text = receipt.toString();
        assertThat(text).hasSizeLessThanOrEqualTo(64).matches("[A-Za-z0-9-]+");
        assertThat(Receipt.parse(text)).isEqualTo(receipt).hasSameHashCodeAs(receipt);
        mails.finish(Receipt.parse(text));
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void nonsenseIsNoReceipt() {
        for (String text : List.of(
                "",
                "1",
                "-",
                "1-",
                "0-" + "a".repeat(32),
                "1-" + "a".repeat(31),
                "1-" + "g".repeat(32),
                "x-" + "a".repeat(32),
                "9999999999999999999-" + "a".repeat(32),
                "1-" + "a".repeat(32) + "\n",
                " 1-" + "a".repeat(32))) {
            assertThatThrownBy(() -> Receipt.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("receipt");
        }
    }

    @Test
    void aReceiptThatNobodyGaveIsRefusedAndChangesNothing() {
        pull();
        publish("a");
        PulledMessage message = receiveOne();
        assertLost(mails, Receipt.parse(message.message().id() + "-" + "0".repeat(32)), "unknown");
        assertLost(mails, Receipt.parse("77-" + "0".repeat(32)), "unknown");
        assertThat(mails.consumer().inFlight()).isEqualTo(1);
        mails.finish(message.receipt());
    }

    @Test
    void aReceiptOfAnotherProcessIsRefused() {
        pull();
        publish("a");
        PulledMessage message = receiveOne();
        PullConsumer standby = pull(openMember(), OPTIONS);
        assertLost(standby, message.receipt(), "unknown");
        mails.finish(message.receipt());
    }

    @Test
    void afterATakeoverTheOldReceiptIsRefusedInBothProcesses() {
        pull();
        publish("a");
        PulledMessage message = receiveOne();
        PullConsumer standby = pull(openMember(), OPTIONS);
        takeOverFrom(nsqite, standby.consumer());
        assertThatThrownBy(() -> mails.finish(message.receipt())).isInstanceOf(DeliveryLostException.class);
        members.wake(nsqite);
        assertLost(standby, message.receipt(), "unknown");
        List<PulledMessage> again = receive(standby, 1);
        assertThat(texts(again)).containsExactly("a");
        standby.finish(again.get(0).receipt());
    }

    @Test
    void aSecondAnswerIsRefusedAndChangesNothing() {
        pull();
        publishAll("a", "b", "c");
        List<PulledMessage> three = receive(3);
        mails.finish(three.get(0).receipt());
        mails.requeue(three.get(1).receipt(), SECOND);
        mails.reject(three.get(2).receipt(), new IllegalStateException("unknown customer"));
        for (PulledMessage message : three) {
            for (Runnable answer : answers(mails, message.receipt())) {
                assertThatThrownBy(answer::run)
                        .isInstanceOf(IllegalStateException.class)
                        .isNotInstanceOf(DeliveryLostException.class)
                        .hasMessageContaining("answered already");
            }
        }
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void theReceiptOfAnEarlierAttemptIsNotThatOfTheNext() {
        pull();
        publish("a");
        PulledMessage first = receiveOne();
        mails.requeue(first.receipt());
        PulledMessage second = receiveOne();
        assertThat(second.receipt()).isNotEqualTo(first.receipt());
        assertThatThrownBy(() -> mails.finish(first.receipt())).hasMessageContaining("answered already");
        mails.finish(second.receipt());
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void oneThatIsRefusedAmongManyHindersNoOther() {
        pull();
        publishAll("a", "b", "c");
        List<PulledMessage> three = receive(3);
        mails.finish(three.get(1).receipt());
        assertThatThrownBy(() -> finishAll(three))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("answered already");
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void aMessageComesAgainWhenItsTimeoutIsOverToTheMillisecond() throws Exception {
        pull();
        publish("a");
        PulledMessage first = mails.receive(1, Duration.ZERO, SECOND).get(0);
        members.pass(SECOND.minus(MILLISECOND));
        assertThat(receive(1)).isEmpty();
        members.pass(MILLISECOND);
        PulledMessage again = receiveOne();
        assertThat(again.attempt()).isEqualTo(2);
        assertLost(mails, first.receipt(), "expired");
        mails.finish(again.receipt());
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void eachMessageHasATimeoutOfItsOwn() throws Exception {
        pull();
        publishAll("a", "b", "c");
        PulledMessage longest =
                mails.receive(1, Duration.ZERO, SECOND.multipliedBy(3)).get(0);
        PulledMessage shortest = mails.receive(1, Duration.ZERO, SECOND).get(0);
        PulledMessage middle =
                mails.receive(1, Duration.ZERO, SECOND.multipliedBy(2)).get(0);
        members.pass(SECOND);
        assertThat(receiveOne().message()).isEqualTo(shortest.message());
        members.pass(SECOND);
        assertThat(receiveOne().message()).isEqualTo(middle.message());
        mails.finish(longest.receipt());
    }

    @Test
    void anExtensionBeginsTheTimeoutAnew() throws Exception {
        pull();
        publish("a");
        PulledMessage message = mails.receive(1, Duration.ZERO, SECOND).get(0);
        members.pass(SECOND.minus(MILLISECOND));
        mails.extend(message.receipt(), SECOND.multipliedBy(2));
        members.pass(SECOND.multipliedBy(2).minus(MILLISECOND));
        mails.extend(message.receipt(), MILLISECOND);
        members.pass(MILLISECOND);
        assertThat(receiveOne().attempt()).isEqualTo(2);
        assertThatThrownBy(() -> mails.extend(message.receipt(), SECOND)).hasMessageContaining("expired");
    }

    @Test
    void aMessageThatNobodyAnswersEndsAsADeadLetter() throws Exception {
        pull(OPTIONS.withMaxAttempts(2));
        publish("a");
        mails.receive(1, Duration.ZERO, SECOND);
        members.pass(SECOND);
        mails.extend(receiveOne().receipt(), SECOND);
        members.pass(SECOND);
        await(() -> deadLetters().size() == 1);
        assertThat(deadLetters().get(0).error())
                .contains("neither answered nor touched")
                .contains("PT1S");
    }
}
