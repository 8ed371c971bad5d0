package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.NewMessage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel is consumed in another order than before. */
@Timeout(30)
class KeyOrderChangeTests {

    private static final int MESSAGES = 1500;
    private static final ConsumerOptions ORDERED =
            ConsumerOptions.defaults().withKeyOrder(KeyOrder.HOLD_BEHIND_DEAD).withMaxAttempts(1);

    @TempDir
    Path folder;

    @Test
    void whatWasHeldBehindItsKeyIsHandledWhenTheOrderDoesNotMatterAnyMore() {
        QueueFile file = new QueueFile(folder);
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            nsqite.consume("orders", "mail", ORDERED, delivery -> {
                throw new IllegalStateException("told to fail");
            });
            NewMessage message = NewMessage.to("orders", "x").withKey("key");
            // so many that some get rows, where they wait behind the dead one
            nsqite.producer().publish(Collections.nCopies(MESSAGES, message));
            QueueFile.await(() -> !file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'held'")
                    .isEmpty());
        }
        List<Long> handled = new CopyOnWriteArrayList<>();
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            nsqite.consume(
                    "orders", "mail", delivery -> handled.add(delivery.message().id()));
            nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        }
        assertThat(handled).hasSize(MESSAGES - 1).doesNotHaveDuplicates();
    }
}
