package io.nsqite.producer;

import java.util.List;

/**
 * Told which messages were published, once they are committed: for metrics.
 *
 * <pre>{@code
 * Nsqite.builder(dataSource).publishListener((topic, ids) -> published.increment(ids.size()));
 * }</pre>
 *
 * <p>Called after the commit on the thread that has committed or published, and before the message is announced to consumers in this process,
 * so it must be quick; by many threads. What it throws is logged and changes nothing. It hears nothing of a transaction that is rolled
 * back, nor of a duplicate that was not stored; but it does of a message whose savepoint was rolled back, in a transaction that commits. Of
 * transactions on connections that no {@code SqliteDataSource} has opened it is not told, as the queue does not see them commit.
 */
@FunctionalInterface
public interface PublishListener {

    /**
     * Messages were committed.
     *
     * @param messageIds those that one call has published to the topic, in its order
     */
    void published(String topic, List<Long> messageIds);
}
