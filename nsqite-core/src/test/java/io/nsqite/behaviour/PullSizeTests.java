package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.NewMessage;
import io.nsqite.pull.PulledMessage;
import io.nsqite.store.DeliveryState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages so large that not all which are wanted go together. */
abstract class PullSizeTests extends PullTest {

    private static final byte[] LARGE = new byte[1_000_000];

    /** Of 4 MB. */
    private static final int TOGETHER = 5;

    private static final int ALL = 7;

    @ParameterizedTest
    @EnumSource(value = KeyOrder.class, names = "HOLD_BEHIND_DEAD", mode = EnumSource.Mode.EXCLUDE)
    void theyComeInSmallerNumbersAlsoWhenTheyAreTriedAgain(KeyOrder order) throws Exception {
        pull(OPTIONS.withKeyOrder(order));
        nsqite.producer()
                .publish(IntStream.range(0, ALL)
                        .mapToObj(
                                number -> NewMessage.to(CHANNEL.topic(), LARGE).withKey("key " + number))
                        .toList());
        for (int attempt = 1; attempt <= 2; attempt++) {
            List<PulledMessage> some = receive(100);
            assertThat(some).hasSize(TOGETHER);
            List<PulledMessage> rest = receive(100);
            assertThat(rest).hasSize(ALL - TOGETHER);
            int wanted = attempt;
            assertThat(some).allMatch(message -> message.attempt() == wanted);
            some.forEach(message -> mails.requeue(message.receipt(), SECOND));
            rest.forEach(message -> mails.requeue(message.receipt(), SECOND));
            members.pass(SECOND);
        }
        assertThat(receive(100)).hasSize(TOGETHER);
        await(() -> queue.deliveries(DeliveryState.RUNNING).size() == TOGETHER);
    }
}
