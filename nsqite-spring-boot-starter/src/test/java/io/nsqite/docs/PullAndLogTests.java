package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.message.Message;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.pull.Receipt;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receiving by hand and reading a log, as the pages show it. */
@Timeout(60)
class PullAndLogTests {

    private final List<String> done = new ArrayList<>();
    private Nsqite nsqite;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        nsqite = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")))
                .build();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private void send(byte[] payload) {
        done.add(new String(payload, StandardCharsets.UTF_8));
    }

    private void load(List<Message> messages) {
        messages.forEach(message -> send(message.payload()));
    }

    @Test
    void mailsAreReceivedAndFinished() throws Exception {
        PullConsumer mails = nsqite.pull("orders", "mail"); // one per channel, for as long as it is used
        nsqite.producer().publish("orders", "hello");
        for (PulledMessage mail : mails.receive(10, Duration.ofSeconds(20), Duration.ofMinutes(1))) {
            send(mail.message().payload());
            mails.finish(mail.receipt()); // within the minute; else it comes again
        }
        assertThat(done).containsExactly("hello");
        nsqite.admin().awaitDrained(new ChannelName("orders", "mail"), Duration.ofSeconds(5));
    }

    @Test
    void answersNeedAReceipt() throws Exception {
        PullConsumer mails = nsqite.pull("orders", "mail");
        nsqite.producer().publish("orders", "hello");
        PulledMessage mail =
                mails.receive(1, Duration.ofSeconds(20), Duration.ofMinutes(1)).get(0);
        String text = mail.receipt().toString(); // safe in a URL; as good as the receipt
        Receipt receipt = Receipt.parse(text);
        mails.extend(receipt, Duration.ofMinutes(5)); // it takes longer
        mails.requeue(receipt, Duration.ofSeconds(30)); // later; or finish(receipt), or
        // mails.reject(receipt, reason) for a dead letter
        assertThat(nsqite.admin().channels().get(0).retrying()).isEqualTo(1);
    }

    @Test
    void manyWaitWithoutAThread() {
        PullConsumer mails = nsqite.pull("orders", "mail");
        CompletableFuture<List<PulledMessage>> request =
                mails.receiveAsync(10, Duration.ofSeconds(20), Duration.ofMinutes(1));
        // when the client has gone:
        request.cancel(false); // whatever was about to come stays in the queue
        nsqite.producer().publish("orders", "hello");
        assertThat(mails.consumer().inFlight()).isZero();
    }

    @Test
    void theWarehouseReadsTheLog() throws Exception {
        LogReader orders = nsqite.log("orders", "warehouse");
        nsqite.producer().publish("orders", "hello");
        List<Message> messages = orders.fetch(500, Duration.ofSeconds(20));
        if (!messages.isEmpty()) {
            load(messages);
            orders.commit(messages.get(messages.size() - 1).id()); // nothing is committed by itself
        }
        assertThat(done).containsExactly("hello");
        assertThat(orders.committed()).isEqualTo(1);
    }

    @Test
    void aLogIsReadAgain() {
        LogReader orders = nsqite.log("orders", "warehouse");
        nsqite.producer().publish("orders", "hello");
        orders.seekToLatest();
        orders.seek(Instant.now().minus(Duration.ofHours(1))); // what was published since then
        orders.seekToEarliest(); // everything that is kept
        orders.seek(0); // an offset: what comes after it
        assertThat(orders.fetch(10)).hasSize(1);
    }
}
