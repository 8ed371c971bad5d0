package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.NewMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A channel whose messages with the same key are handled in their order. */
abstract class KeyOrderTest extends BehaviourTest {

    static final ConsumerOptions ORDERED =
            OPTIONS.withKeyOrder(KeyOrder.SKIP_DEAD).withConcurrency(5);

    final KeyedRuns runs = new KeyedRuns();

    @AfterEach
    void nothingOfAKeyRanSideBySide() {
        assertThat(runs.sideBySide()).isEmpty();
    }

    /** Messages of a key, with its name and their numbers as text. */
    static List<NewMessage> keyed(String key, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> message(key + number).withKey(key))
                .toList();
    }

    List<Long> publishKeyed(String key, int from, int to) {
        return nsqite.producer().publish(keyed(key, from, to));
    }

    static List<String> texts(String key, int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> key + number).toList();
    }

    static List<String> firstAttempts(String key, int from, int to) {
        return texts(key, from, to).stream().map(text -> text + " 1").toList();
    }
}
