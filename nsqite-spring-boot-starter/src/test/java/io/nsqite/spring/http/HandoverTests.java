package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.Nsqite;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.sqlite.SqliteDataSource;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Messages that can't be written to their client come again at once. */
@Timeout(60)
class HandoverTests {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration VISIBILITY = Duration.ofHours(1);

    @TempDir
    Path folder;

    /** Of a client that has gone. */
    private static final class BrokenResponse extends MockHttpServletResponse {

        @Override
        public ServletOutputStream getOutputStream() {
            throw new UncheckedIOException(new IOException("Broken pipe"));
        }
    }

    /** The same, as containers say it. */
    private static final class ResetResponse extends MockHttpServletResponse {

        @Override
        public void flushBuffer() {
            sneak(new IOException("Connection reset by peer"));
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @Test
    void whatCantBeWrittenComesAgainAtOnce() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("app.db");
        try (Nsqite nsqite = Nsqite.builder(SqliteDataSource.forUrl(url)).build();
                PullConsumer consumer = nsqite.pull("orders", "mail")) {
            nsqite.producer().publish("orders", "hello");
            List<PulledMessage> received = consumer.receive(1, WAIT, VISIBILITY);
            write(consumer, received, new ResetResponse());
            List<PulledMessage> again = consumer.receive(1, WAIT, VISIBILITY);
            assertThat(again)
                    .singleElement()
                    .satisfies(message -> assertThat(message.attempt()).isEqualTo(2));
            assertThatThrownBy(() -> write(consumer, again, new BrokenResponse()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(consumer.receive(1, WAIT, VISIBILITY)).hasSize(1);
        }
    }

    private static void write(PullConsumer consumer, List<PulledMessage> messages, MockHttpServletResponse response)
            throws Exception {
        new Handover(consumer).answer(messages).writeTo(new MockHttpServletRequest(), response, List::of);
    }
}
