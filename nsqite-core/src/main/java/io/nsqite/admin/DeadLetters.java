package io.nsqite.admin;

import io.nsqite.store.OperatorStore;
import io.nsqite.store.OperatorStore.DeadKey;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadLine;
import io.nsqite.store.StatusStore.DeadPage;
import io.nsqite.wakeup.EpochMillis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows, replays and discards what channels gave up. */
final class DeadLetters {

    private static final int PAGE = 100;

    /** Found at a time to be replayed: finding sorts all that match, so a few large looks are cheaper than many small ones. */
    private static final int KEYS_IN_A_LOOK = 10_000;

    private static final int LETTERS_IN_A_STEP = 500;

    private final QueueAccess access;
    private final OperatorStore store;

    DeadLetters(QueueAccess access) {
        this.access = access;
        store = access.store().operator();
    }

    List<DeadLetter> page(DeadLetterQuery query) {
        DeadFilter filter = filter(query);
        DeadPage page = page(query.after(), query.limit() == DeadLetterQuery.NO_LIMIT ? PAGE : query.limit());
        return access.read(connection -> access.store().status().dead(connection, filter, page)).stream()
                .map(DeadLetters::deadLetter)
                .toList();
    }

    private static DeadFilter filter(DeadLetterQuery query) {
        return new DeadFilter(
                query.topic(),
                query.channel(),
                millis(query.failedFrom(), Long.MIN_VALUE),
                millis(query.failedBefore(), Long.MAX_VALUE),
                query.error());
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : EpochMillis.of(time);
    }

    private static DeadPage page(@Nullable DeadLetterCursor after, int limit) {
        return after == null ? DeadPage.first(limit) : new DeadPage(after.messageId(), after.channel(), limit);
    }

    private static DeadLetter deadLetter(DeadLine line) {
        return new DeadLetter(
                new ChannelName(line.topic(), line.channel()),
                line.message(),
                line.attempts(),
                line.failure().error(),
                line.failure().stack(),
                Instant.ofEpochMilli(line.failure().failedAt()));
    }

    boolean replay(ChannelName name, long messageId) {
        return replay(List.of(key(name, messageId))) == 1;
    }

    private DeadKey key(ChannelName name, long messageId) {
        return new DeadKey(access.id(name), name.channel(), messageId);
    }

    /** Goes through them once, so that what fails and dies again meanwhile is not replayed again. */
    long replayAll(DeadLetterQuery query) {
        DeadFilter filter = filter(query);
        long most = query.limit() == DeadLetterQuery.NO_LIMIT ? Long.MAX_VALUE : query.limit();
        long replayed = 0;
        DeadPage page = page(query.after(), (int) Math.min(KEYS_IN_A_LOOK, most));
        while (true) {
            DeadPage next = page;
            List<DeadKey> keys = access.read(connection -> store.dead(connection, filter, next));
            replayed += replayInSteps(keys);
            if (keys.size() < KEYS_IN_A_LOOK) {
                return replayed; // a limit is smaller
            }
            DeadKey last = keys.get(keys.size() - 1);
            page = new DeadPage(last.messageId(), last.channel(), KEYS_IN_A_LOOK);
        }
    }

    private long replayInSteps(List<DeadKey> keys) {
        long replayed = 0;
        for (int from = 0; from < keys.size(); from += LETTERS_IN_A_STEP) {
            replayed += replay(keys.subList(from, Math.min(keys.size(), from + LETTERS_IN_A_STEP)));
        }
        return replayed;
    }

    private int replay(List<DeadKey> keys) {
        int replayed = access.write("Replaying dead letters", transaction -> store.replay(transaction, keys));
        access.changed();
        return replayed;
    }

    boolean discard(ChannelName name, long messageId) {
        DeadKey key = key(name, messageId);
        boolean discarded = access.write(
                "Discarding dead letter %d of channel %s".formatted(messageId, name),
                transaction -> store.discard(transaction, key));
        access.changed();
        return discarded;
    }
}
