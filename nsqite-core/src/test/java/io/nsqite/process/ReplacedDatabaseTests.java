package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ReplacedDatabaseTests extends ProcessTest {

    private final List<Long> handled = new CopyOnWriteArrayList<>();

    private Consumer consuming(Nsqite nsqite) {
        Consumer consumer = nsqite.consume(
                TOPIC, CHANNEL, delivery -> handled.add(delivery.message().id()));
        long id = nsqite.producer().publish(TOPIC, "x");
        until(() -> handled.contains(id));
        return consumer;
    }

    @Test
    void consumersStopWhenTheFileIsReplaced() throws Exception {
        Nsqite nsqite = queue();
        Consumer consumer = consuming(nsqite);

        Files.move(database(), folder.resolve("moved.db"));
        Files.copy(folder.resolve("moved.db"), database());

        until(() -> consumer.state() == Consumer.State.STOPPED);
        untilLogged("was deleted or replaced while it was open");
        assertThatIllegalStateException()
                .isThrownBy(() -> nsqite.producer().publish(TOPIC, "y"))
                .withMessageContaining("what is written now would be lost");
        assertThatIllegalStateException().isThrownBy(consumer::start).withMessageContaining("Restart the application");
        assertThat(handled).hasSize(1);
        assertThat(nsqite.condition().problem()).contains("what is written now would be lost");
        assertThat(nsqite.condition().since()).isEqualTo(nsqite.condition().since());
    }

    @Test
    void consumersStopWhenTheFileIsDeleted() throws Exception {
        Consumer consumer = consuming(queue());

        Files.delete(database());

        until(() -> consumer.state() == Consumer.State.STOPPED);
        untilLogged("Restart the application");
    }
}
