package io.nsqite.spring.test;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Message;
import java.time.Duration;
import java.util.List;
import org.springframework.test.context.transaction.TestTransaction;

/** Looks through the queue's admin, and into its tables where that does not tell enough. */
final class DefaultNsqiteTestKit implements NsqiteTestKit {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final QueueAdmin admin;
    private final PublishedMessages published;
    private final Passes passes;
    private final QueueReset reset;
    private final Duration limit;

    DefaultNsqiteTestKit(QueueAdmin admin, PublishedMessages published, Passes passes, QueueReset reset) {
        this(admin, published, passes, reset, LIMIT);
    }

    private DefaultNsqiteTestKit(
            QueueAdmin admin, PublishedMessages published, Passes passes, QueueReset reset, Duration limit) {
        this.admin = admin;
        this.published = published;
        this.passes = passes;
        this.reset = reset;
        this.limit = limit;
    }

    @Override
    public NsqiteTestKit within(Duration newLimit) {
        return new DefaultNsqiteTestKit(admin, published, passes, reset, newLimit);
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
        return published.to(topic, type);
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
        TestTransactions.refuseOpenToEmpty();
        reset.run(limit);
        published.forget();
    }
}
