package io.nsqite.spring.test;

import io.nsqite.message.Message;
import java.time.Duration;
import java.util.List;

/**
 * What tests do with a queue: wait until listeners are done, see what was published, let listeners run once, move the time
 * forward. Injected where a test class has {@link NsqiteTest}.
 */
public interface NsqiteTestKit {

    /** A kit whose waits end after another time; it is 10 s for this one. */
    NsqiteTestKit within(Duration limit);

    /**
     * Waits until no channel has anything left to do: everything published so far, and by listeners meanwhile, is handled
     * or a dead letter.
     *
     * @throws IllegalStateException if that takes longer than the limit; the message says what is left
     */
    void awaitDrained();

    /**
     * The same for all channels of a topic.
     *
     * @throws IllegalArgumentException if it has none
     */
    void awaitDrained(String topic);

    /**
     * The same for one channel.
     *
     * @throws IllegalArgumentException if there is no such channel
     */
    void awaitDrained(String topic, String channel);

    /**
     * What was published to a topic since the test method began, in the order of the ids: what is committed, and what the caller's own
     * transaction has written. Empty if there is no such topic.
     */
    List<Message> published(String topic);

    /**
     * The same with payloads only, read as a type: {@code byte[]} as stored, {@code String} as UTF-8, any other from JSON.
     *
     * @throws IllegalStateException if one can't be read as this
     */
    <T> List<T> published(String topic, Class<T> type);

    /**
     * Has a listener that is stopped handle what waits for it now, each message once, and returns when it is settled. What fails
     * waits for its next attempt, which another call takes when it is due; see {@link #clock()}.
     *
     * @return how many messages that was
     * @throws IllegalArgumentException if there is no listener for this channel
     * @throws IllegalStateException if it runs already, or needs longer than the limit
     */
    int runOnce(String topic, String channel);

    /** The time of the queue. */
    TestClock clock();

    /**
     * Ends the transaction that Spring has begun for a {@code @Transactional} test, and commits it, so that what the test has published is
     * delivered. What it has written to the application's tables is for the test to remove.
     *
     * @throws IllegalStateException if there is no such transaction
     */
    void commit();

    /**
     * Empties the queue: no message is left that was published before, none is delivered or counted as published any more, dead letters
     * are gone, deduplication keys free, pauses over, by {@code QueueAdmin} or the registry. What listeners have in hand is waited
     * for. {@link NsqiteTest} does this before each test method.
     *
     * <p>The listeners themselves stay: what a test has stopped, started, registered or deleted remains so, as does the time.
     *
     * @throws IllegalStateException if listeners don't finish within the limit: they are interrupted, the queue is emptied, and the message
     *     names them; or if the caller's transaction is open
     */
    void reset();
}
