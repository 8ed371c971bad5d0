package io.nsqite.consumer;

import io.nsqite.database.Reader;
import io.nsqite.store.MessageLog;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over the farther half of a long stretch without messages of a topic, part by part, while the channel's reader comes through the nearer one: so
 * two cores share the work. What it has found empty stays so, as no message is ever added below the newest; where the log has become
 * shorter, because an earlier state was restored into the file, it forgets all that it knows.
 *
 * <p>Used by one thread at a time, but for {@link #forget}. Each part is looked over on a thread of the common pool, or on one of its own where that
 * pool has but one; the reader's next step asks for the next part, so when the reader stops, so does this.
 */
final class FarLook {

    private static final Logger log = LoggerFactory.getLogger(FarLook.class);

    /** For fewer ids than these, which take a tenth of a second, it is not worth it. */
    private static final long FAR = 1_000_000;

    /** Some steps of the reader, so that handing it over costs little; who closes the queue may have to wait for it. */
    private static final long PART = 50_000;

    private final Reader reader;
    private final MessageLog messages;
    private final Executor executor;
    private final long far;
    private final long part;

    private long topicId;
    /** Ids above this one and up to {@link #clearTo} are not of the topic. */
    private long from;

    private long clearTo;
    private long end;

    /** The newest message when somebody asked last. */
    private long newestSeen;

    private @Nullable CompletableFuture<Optional<Boolean>> looking;
    private volatile boolean forgotten;

    FarLook(Reader reader, MessageLog messages) {
        this(reader, messages, new CompletableFuture<>().defaultExecutor(), FAR, PART);
    }

    FarLook(Reader reader, MessageLog messages, Executor executor, long far, long part) {
        this.reader = reader;
        this.messages = messages;
        this.executor = executor;
        this.far = far;
        this.part = part;
    }

    /** What it knows may not be so any more. Safe for use by any thread. */
    void forget() {
        forgotten = true;
    }

    /**
     * Up to which id nothing of the topic comes after this one, as far as is known: at least this one itself.
     *
     * @param newest the newest message of the log
     */
    long clearAfter(long topic, long id, long newest) {
        notice(newest);
        takeResult();
        return topic == topicId && id >= from ? Math.max(id, clearTo) : id;
    }

    /**
     * The reader has found nothing and goes on.
     *
     * @param after where it is
     * @param newest the newest message of the log
     */
    void goOn(long topic, long after, long newest) {
        notice(newest);
        takeResult();
        if (looking != null) {
            return;
        }
        if (topic != topicId || after >= clearTo) {
            begin(topic, after, newest);
        }
        if (clearTo < end) {
            lookAt(clearTo, Math.min(end, clearTo + part));
        }
    }

    private void notice(long newest) {
        if (forgotten || newest < newestSeen) {
            forgotten = false;
            from = 0;
            clearTo = 0;
            end = 0;
            looking = null; // what it says is of the log as it was
        }
        newestSeen = newest;
    }

    private void begin(long topic, long after, long newest) {
        topicId = topic;
        from = newest - after < far ? newest : after + (newest - after) / 2;
        clearTo = from;
        end = newest;
    }

    private void lookAt(long after, long upTo) {
        long topic = topicId;
        try {
            looking = CompletableFuture.supplyAsync(() -> look(topic, after, upTo), executor);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread is to be had
            log.debug("The log can't be looked over ahead of its reader", e);
        }
    }

    /** Whether a part is empty; nothing if that is not known, because somebody else looks just now or it can't be read. */
    private Optional<Boolean> look(long topic, long after, long upTo) {
        try {
            return reader.tryRead(connection -> !messages.isAny(connection, topic, after, upTo));
        } catch (SQLException | RuntimeException e) { // the reader comes here, too, and says it
            log.debug("Looking ahead in the log failed", e);
            return Optional.empty();
        }
    }

    private void takeResult() {
        if (looking == null || !looking.isDone()) {
            return;
        }
        Optional<Boolean> empty = looking.isCompletedExceptionally() ? Optional.empty() : looking.join();
        looking = null;
        if (empty.isPresent()) {
            if (empty.get()) {
                clearTo = Math.min(end, clearTo + part);
            } else {
                end = clearTo;
            }
        }
    }
}
