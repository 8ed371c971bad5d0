package io.nsqite.admin;

import io.nsqite.store.OperatorStore;
import io.nsqite.store.OperatorStore.Purged;
import io.nsqite.store.OperatorStore.Reach;
import io.nsqite.wakeup.EpochMillis;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Changes channels. What concerns many rows goes in short steps, between which everybody else writes. */
final class ChannelOperations {

    /** Deleting one takes some 3 microseconds. */
    private static final int ROWS_IN_A_STEP = 1000;

    private static final int MESSAGES_IN_A_STEP = 5000;

    private final QueueAccess access;
    private final OperatorStore store;

    ChannelOperations(QueueAccess access) {
        this.access = access;
        store = access.store().operator();
    }

    private interface Change {
        void apply(Connection transaction, long channelId) throws SQLException;
    }

    void pause(ChannelName name) {
        change("Pausing", name, store::pause);
        access.changed();
    }

    void resume(ChannelName name) {
        change("Resuming", name, store::resume);
        access.changed();
    }

    void delete(ChannelName name) {
        change("Deleting", name, store::delete);
        access.deleted();
    }

    private void change(String verb, ChannelName name, Change change) {
        long channelId = access.id(name);
        access.write(verb + " channel " + name, transaction -> {
            change.apply(transaction, channelId);
            return channelId;
        });
    }

    void rewind(ChannelName name, Instant from) {
        long channelId = access.id(name);
        long millis = EpochMillis.of(from);
        long first = access.read(connection -> store.firstPublishedSince(connection, millis));
        rewind(name, channelId, new Target(first, "what was published at " + from + " or later"));
    }

    void rewind(ChannelName name, long messageId) {
        if (messageId < 1) {
            throw new IllegalArgumentException(
                    "Channel %s can't be rewound to message %d; ids begin with 1, which is the beginning"
                            .formatted(name, messageId));
        }
        rewind(name, access.id(name), new Target(messageId, "message " + messageId));
    }

    /** Where to rewind to: the first message that comes again. */
    private record Target(long messageId, String description) {}

    private void rewind(ChannelName name, long channelId, Target target) {
        access.awaitLine(); // what was handled in this process before the call comes again as well
        long position = position(name, channelId, target);
        long reached = Long.MAX_VALUE;
        while (reached > position) {
            reached = access.write(
                    "Rewinding channel " + name,
                    transaction -> store.rewind(transaction, channelId, position, ROWS_IN_A_STEP));
            access.changed();
        }
    }

    /** The position before the target, unless that would skip something. */
    private long position(ChannelName name, long channelId, Target target) {
        return access.read(connection -> {
            Reach reach = store.reach(connection, channelId);
            long newest = access.store().messages().newestId(connection);
            long position = Math.max(reach.oldest(), Math.min(target.messageId() - 1, newest));
            if (position > reach.furthest() && store.hasMessages(connection, channelId, reach.furthest(), position)) {
                throw new IllegalArgumentException(
                        ("Channel %s can't be rewound to %s, as it is only at message %d and would skip what is between; rewind to"
                                        + " an earlier one, or purge the channel to drop what waits")
                                .formatted(name, target.description(), reach.furthest()));
            }
            return position;
        });
    }

    long purge(ChannelName name) {
        long channelId = access.id(name);
        long upTo = access.read(access.store().messages()::newestId);
        long dropped = 0;
        Purged step;
        do {
            step = access.write(
                    "Purging channel %s, %d messages dropped so far,".formatted(name, dropped),
                    transaction -> store.purge(transaction, channelId, upTo, MESSAGES_IN_A_STEP));
            dropped += step.dropped();
            access.changed();
        } while (!step.isComplete());
        return dropped;
    }
}
