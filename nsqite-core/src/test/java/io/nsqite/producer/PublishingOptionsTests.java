package io.nsqite.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of a publisher's wishes. */
@Timeout(30)
class PublishingOptionsTests {

    private static final NewMessage MESSAGE = NewMessage.to("orders", "x");
    private static final String STORED =
            "SELECT priority, deliver_at, deduplication_key FROM nsqite_message ORDER BY id";

    @TempDir
    Path folder;

    private QueueFile file;
    private Nsqite nsqite;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource())
                .clock(() -> Instant.ofEpochMilli(1000))
                .build();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    @Test
    void everyWayOfPublishingStoresTheOptions() throws Exception {
        NewMessage all = MESSAGE.withDelay(Duration.ofMillis(500)).withPriority(7);
        nsqite.producer().publish(all.withDeduplicationKey("a"));
        nsqite.producer().publish(List.of(all.withDeduplicationKey("b"), MESSAGE));
        try (SqliteConnection transaction = file.transaction()) {
            nsqite.producer().publishTx(transaction, all.withDeduplicationKey("c"));
            transaction.commit();
        }
        assertThat(file.rows(STORED)).containsExactly("7,1500,a", "7,1500,b", "4,null,null", "7,1500,c");
    }

    @Test
    void aTimeIsStoredAsItIsAndNoDelayOrATimeThatHasPassedIsNone() throws Exception {
        nsqite.producer()
                .publish(List.of(
                        MESSAGE.withDeliverAt(Instant.ofEpochMilli(9999)),
                        MESSAGE.withDeliverAt(Instant.ofEpochMilli(99)).withPriority(1),
                        MESSAGE.withDelay(Duration.ZERO).withPriority(0)));
        assertThat(file.rows(STORED)).containsExactly("4,9999,null", "1,null,null", "0,null,null");
    }

    @Test
    void ofABatchWithADelayBeyondAllTimeNothingIsStored() throws Exception {
        NewMessage bad = MESSAGE.withDelay(Duration.ofMillis(Long.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nsqite.producer().publish(List.of(MESSAGE, bad)))
                .withMessageContaining("delay");
        assertThat(file.rows(STORED)).isEmpty();
    }
}
