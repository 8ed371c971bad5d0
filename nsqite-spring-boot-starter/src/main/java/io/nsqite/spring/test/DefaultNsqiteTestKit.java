package io.nsqite.spring.test;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Message;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.PayloadDecoder.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.ResolvableType;
import org.springframework.test.context.transaction.TestTransaction;

/** Looks through the queue's admin, and into its tables where that does not tell enough. */
final class DefaultNsqiteTestKit implements NsqiteTestKit {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final QueueAdmin admin;
    private final PayloadDecoder decoder;
    private final PublishedMessages published;
    private final Passes passes;
    private final Duration limit;

    DefaultNsqiteTestKit(QueueAdmin admin, PayloadDecoder decoder, PublishedMessages published, Passes passes) {
        this(admin, decoder, published, passes, LIMIT);
    }

    private DefaultNsqiteTestKit(
            QueueAdmin admin, PayloadDecoder decoder, PublishedMessages published, Passes passes, Duration limit) {
        this.admin = admin;
        this.decoder = decoder;
        this.published = published;
        this.passes = passes;
        this.limit = limit;
    }

    @Override
    public NsqiteTestKit within(Duration newLimit) {
        return new DefaultNsqiteTestKit(admin, decoder, published, passes, newLimit);
    }

    @Override
    public void awaitDrained() {
        TestTransactions.refuseOpen();
        admin.awaitDrained(limit);
    }

    @Override
    public void awaitDrained(String topic) {
        TestTransactions.refuseOpen();
        admin.awaitDrained(topic, limit);
    }

    @Override
    public void awaitDrained(String topic, String channel) {
        TestTransactions.refuseOpen();
        admin.awaitDrained(new ChannelName(topic, channel), limit);
    }

    @Override
    public List<Message> published(String topic) {
        return published.to(topic);
    }

    @Override
    public <T> List<T> published(String topic, Class<T> type) {
        Reader reader = decoder.readerFor(ResolvableType.forClass(type));
        List<T> payloads = new ArrayList<>();
        for (Message message : published(topic)) {
            payloads.add(read(reader, message, type));
        }
        return payloads;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the reader is one for this type; JSON's null stays null
    private static <T> T read(Reader reader, Message message, Class<T> type) {
        try {
            return (T) reader.read(message.payload());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The %s can't be read as %s: %s".formatted(message, type.getName(), e.getMessage()), e);
        }
    }

    @Override
    public int runOnce(String topic, String channel) {
        TestTransactions.refuseOpen();
        return passes.run(new ChannelName(topic, channel), limit);
    }

    @Override
    public TestClock clock() {
        return passes.clock();
    }

    @Override
    public void commit() {
        TestTransaction.flagForCommit();
        TestTransaction.end();
    }

    @Override
    public void reset() {
        for (ChannelStatus channel : admin.channels()) {
            admin.purge(channel.name());
            discardDeadLetters(channel.name());
        }
        published.forget();
    }

    private void discardDeadLetters(ChannelName channel) {
        List<DeadLetter> page = admin.deadLetters(DeadLetterQuery.of(channel));
        while (!page.isEmpty()) {
            page.forEach(letter -> admin.discard(channel, letter.message().id()));
            page = admin.deadLetters(DeadLetterQuery.of(channel));
        }
    }
}
