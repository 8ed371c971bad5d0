package io.nsqite.admin;

import io.nsqite.error.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the queue and operates it, while consumers run, in this process and in others.
 *
 * <pre>{@code
 * ChannelName mail = new ChannelName("orders", "mail");
 * admin.pause(mail);                                       // the mail server is down
 * admin.resume(mail);
 * admin.replayAll(DeadLetterQuery.of(mail));               // what was given up meanwhile
 * admin.rewind(mail, Instant.parse("2026-05-04T06:00:00Z")); // everything since then, once more
 * }</pre>
 *
 * <p>Safe for use by many threads. Reads never wait for writers. A change is committed when the call returns, as safe as
 * the application's own commits are, and survives restarts. If the channel is served by this process, its consumer obeys before the
 * call returns; in another process it does within some milliseconds ({@code sharedPollInterval}). What its handlers have in
 * hand by then is left to them.
 *
 * <p>A change is a short transaction; one that concerns many thousands of messages goes in short steps, between which others
 * write. If a step fails, what was done stays done, everything is in order, and the call can be repeated.
 *
 * <p>All methods that name a channel throw {@link IllegalArgumentException} if there is none. Those that change something throw
 * {@link IllegalStateException} at once and with advice where a transaction of the calling thread is writing to the database, as
 * SQLite lets one transaction write at a time. What the database refuses to read or write ends in a {@link DatabaseException}, or
 * what {@link io.nsqite.error.ErrorTranslation} makes of it.
 */
public interface QueueAdmin {

    /** All topics, by name. Counts their messages, which takes a while in a large log. */
    List<TopicStatus> topics();

    /** The names of the topics that no channel listens to. Costs a look at each topic, not at its messages. */
    List<String> unheardTopics();

    /** All channels, by topic and name. Counts everything, which takes a while where millions of messages wait. */
    List<ChannelStatus> channels();

    /**
     * All channels, by topic and name, with counts that end at a limit: for who looks often, such as a health check. However many messages
     * wait it takes no longer than counting that many for each channel (10,000 take some milliseconds) and looking over the first 200,000 of the log
     * behind its position, of whatever topic (some 20 milliseconds). It waits neither for writers nor for other looks that count everything.
     *
     * <p>A channel has at least what is counted; {@link ChannelStatus#exact()} says whether it is all. One whose position is far behind, as it is
     * paused, not served, or hangs, may have nothing but messages of other topics among those looked over, and some of its own behind:
     * {@link ChannelStatus#isLagKnown()} and {@link ChannelStatus#isOldestKnown()} tell.
     *
     * @param countUpTo how many messages to count for a channel, in the log and in each state; 1 or more
     */
    List<ChannelStatus> channels(long countUpTo);

    /** One channel, with counts that end at a limit; see {@link #channels(long)}. Empty if there is none. */
    Optional<ChannelStatus> channel(ChannelName channel, long countUpTo);

    /** The processes that use the queue, this one among them, by id. */
    List<OwnerStatus> owners();

    /** A message with what became of it in each channel; empty if it is not kept, or was cancelled. Cheap. */
    Optional<MessageStatus> message(long id);

    /**
     * Creates the channels that don't exist yet, at the beginning or the end of their topics as for consumers, and keeps a text with each: all in
     * one transaction. Nobody serves them by it.
     *
     * @param notes what is kept with each, also with those that exist; the queue itself does not read it, but the starter's HTTP interface keeps the
     *     options of its subscribers there
     * @return those that did not exist
     */
    Set<ChannelName> create(Map<ChannelName, String> notes);

    /** What {@link #create} keeps with a channel; it goes with the channel. Empty if there is none, or no such channel. Cheap. */
    Optional<String> note(ChannelName channel);

    /**
     * Hands out nothing more of a channel until {@link #resume}. Its consumers stay, its messages wait, and retries whose time comes
     * wait too. Nothing happens if it is paused already.
     */
    void pause(ChannelName channel);

    /** Goes on after {@link #pause}. Nothing happens if it is not paused. */
    void resume(ChannelName channel);

    /**
     * Moves a channel back, so that all messages of its topic with this id or a greater one come again, in their order, as if
     * never attempted, and nothing else does. Dead letters stay dead, and nothing that is being handled is handed out
     * again. Where the message, or those after it, are not kept any more, it begins with the oldest that is.
     *
     * <p>With more than a thousand messages waiting for a retry or a time after that point it goes back in steps, the newest
     * messages first; some may then be handled more than once more.
     *
     * @param messageId the first to come again; 1 is the beginning
     * @throws IllegalArgumentException if the id is not positive, or the channel has not come that far: it is moved back only
     */
    void rewind(ChannelName channel, long messageId);

    /**
     * Moves a channel back, so that all messages that were published at a time or later come again; like {@link #rewind(ChannelName, long)}.
     * Nothing happens if there are none. Times are those of the publishers' clocks, and count by the millisecond they lie in. The first message is found by
     * halving the log, so it may be a slightly wrong one where clocks jumped or transactions were long; with the seconds that
     * that may be, choose an earlier time.
     *
     * @throws IllegalArgumentException if the channel has not come that far
     */
    void rewind(ChannelName channel, Instant from);

    /**
     * Drops everything that waits in a channel, for the first attempt, for another one, for its time or for its turn. What is being
     * handled is left to its handler, for which {@link #awaitDrained} does not wait then, and dead letters stay. Other channels
     * of the topic keep their messages.
     *
     * @return how many messages were dropped; those being handled for the first time are counted, as no table knows of them
     */
    long purge(ChannelName channel);

    /**
     * Deletes a channel with its position and its dead letters. Its consumers, in all processes, stop: their answers to what
     * they have in hand are dropped, and only an explicit start of one, or a restart of its application, creates the channel
     * again, at the end of its topic. The name is free at once; the rows go in the background.
     */
    void delete(ChannelName channel);

    /** A page of dead letters, oldest message first; 100 unless the query says otherwise. */
    List<DeadLetter> deadLetters(DeadLetterQuery query);

    /**
     * Hands out a dead letter again, at once and with all its attempts before it. It waits if the channel is paused.
     *
     * @return false if the message is no dead letter of the channel
     */
    boolean replay(ChannelName channel, long messageId);

    /**
     * Hands out again all dead letters that a query finds; of a query with a limit, as many. Those that die again meanwhile are not
     * replayed twice.
     *
     * @return how many were replayed
     */
    long replayAll(DeadLetterQuery query);

    /**
     * Settles a dead letter, as if it had been handled. Only {@link #rewind} brings it back.
     *
     * @return false if the message is no dead letter of the channel
     */
    boolean discard(ChannelName channel, long messageId);

    /**
     * Waits until a channel has nothing left to do: every message committed so far, and what comes while it waits, is
     * handled or a dead letter. Meant for tests.
     *
     * @throws IllegalArgumentException if there is no such channel
     * @throws IllegalStateException if the limit passes first; the message says what is left
     */
    void awaitDrained(ChannelName channel, Duration limit);

    /**
     * Waits until all channels of a topic have nothing left to do; see {@link #awaitDrained(ChannelName, Duration)}.
     *
     * @throws IllegalArgumentException if there is no such topic
     * @throws IllegalStateException if the limit passes first; the message says what is left
     */
    void awaitDrained(String topic, Duration limit);

    /**
     * Waits until all channels have nothing left to do; see {@link #awaitDrained(ChannelName, Duration)}.
     *
     * @throws IllegalStateException if the limit passes first; the message says what is left
     */
    void awaitDrained(Duration limit);
}
