package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.PayloadEncoder;
import io.nsqite.producer.Producer;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's section on publishing options. */
@Timeout(30)
class PublishingOptionsTests {

    @TempDir
    Path folder;

    @Test
    void aReminderIsStoredOnce() {
        SqliteDataSource dataSource = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db"));
        PayloadEncoder text = payload -> PayloadEncoder.plain().encode(payload.toString());
        try (Nsqite nsqite = Nsqite.builder(dataSource).payloadEncoder(text).build()) {
            OrderPlaced event = new OrderPlaced("42", "a@example.com");
            long id = remind(nsqite.producer(), event);
            assertThat(remind(nsqite.producer(), event)).isEqualTo(id);
            assertThat(takeBack(nsqite.producer(), id)).isTrue();
            assertThat(takeBack(nsqite.producer(), id)).isFalse();
        }
    }

    private static long remind(Producer producer, OrderPlaced event) {
        NewMessage reminder = NewMessage.to("reminders", event)
                .withDelay(Duration.ofMinutes(30)) // or .withDeliverAt(instant)
                .withPriority(7)
                .withDeduplicationKey("order-" + event.id() + "-reminder");
        long reminderId = producer.publish(reminder);
        return reminderId;
    }

    private static boolean takeBack(Producer producer, long reminderId) {
        boolean cancelled = producer.cancel(reminderId); // true only if no handler has received it, and none will
        return cancelled;
    }
}
