package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.pull.PulledMessage;
import io.nsqite.pull.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Messages that their receiver returns without having handled them. */
abstract class PullGiveBackTests extends PullTest {

    private static List<Receipt> receipts(List<PulledMessage> messages) {
        return messages.stream().map(PulledMessage::receipt).toList();
    }

    @Test
    void theyComeAgainAtOnceInTheirOrderAndTheAttemptDoesNotCount() {
        pull();
        publishAll("a", "b", "c", "d");
        List<PulledMessage> all = receive(4);
        mails.finish(all.get(1).receipt());
        mails.giveBack(receipts(all.subList(2, 4)));
        mails.giveBack(receipts(all.subList(0, 1)));
        assertThat(mails.consumer().inFlight()).isZero();
        List<PulledMessage> again = receive(4);
        assertThat(texts(again)).containsExactly("a", "c", "d");
        assertThat(again).allSatisfy(message -> assertThat(message.attempt()).isEqualTo(1));
        finishAll(again);
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void aRetryKeepsItsAttemptsHoweverOftenItIsGivenBack() {
        pull(OPTIONS.withMaxAttempts(2));
        publish("a");
        mails.requeue(receiveOne().receipt());
        for (int i = 0; i < 5; i++) {
            PulledMessage last = receiveOne();
            assertThat(last.attempt()).isEqualTo(2);
            mails.giveBack(List.of(last.receipt()));
        }
        assertThat(deadLetters()).isEmpty();
        mails.finish(receiveOne().receipt());
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void itEndsTheWaitOfTheNextAndKeepsTheOrderOfKeys() {
        pull(OPTIONS.withKeyOrder(KeyOrder.SKIP_DEAD));
        publish(message("a1").withKey("a"));
        publish(message("a2").withKey("a"));
        PulledMessage first = receiveOne();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        mails.giveBack(List.of(first.receipt()));
        PulledMessage again = answer(waiting).get(0);
        assertThat(text(again)).isEqualTo("a1");
        mails.finish(again.receipt());
        assertThat(text(receiveOne())).isEqualTo("a2");
    }

    @Test
    void whatCantBeGivenBackIsPassedOverAndAReceiptIsGoodOnce() {
        pull();
        publishAll("a", "b", "c");
        List<PulledMessage> all = receive(3);
        mails.finish(all.get(0).receipt());
        mails.requeue(all.get(1).receipt(), SECOND);
        List<Receipt> receipts = new ArrayList<>(receipts(all));
        receipts.add(Receipt.parse("7-" + "a".repeat(32)));
        mails.giveBack(receipts);
        mails.giveBack(receipts);
        assertThatThrownBy(() -> mails.finish(all.get(2).receipt())).isInstanceOf(DeliveryLostException.class);
        List<PulledMessage> again = receive(3);
        assertThat(texts(again)).containsExactly("c");
        finishAll(again);
        members.pass(SECOND);
        assertThat(receiveOne().attempt()).isEqualTo(2);
    }

    @Test
    void afterTheConsumerIsClosedNothingHappens() {
        pull();
        publish("a");
        PulledMessage message = receiveOne();
        mails.close();
        mails.giveBack(List.of(message.receipt()));
        pull();
        assertThat(text(receiveOne())).isEqualTo("a");
    }
}
