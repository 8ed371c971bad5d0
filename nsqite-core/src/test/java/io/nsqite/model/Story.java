package io.nsqite.model;

import org.jspecify.annotations.Nullable;

/** What a channel has done with a message so far. Guarded by its {@link ChannelLedger}. */
final class Story {

    final long id;
    final @Nullable String key;
    End end = End.NONE;
    int attempt;

    /** Losses of the channel since it was last known what the tables say of this message. */
    int losses;

    /** A handler has ended it about when the channel was lost. */
    boolean mayHaveEnded;

    boolean inHand;

    /** An operator has had it begin anew, so that it may come again with its first attempt. */
    boolean anew;

    /** It was rewound while nothing was going on, so it must come again. */
    boolean owed;

    /** An operator has dropped what waited. */
    boolean mayBeDropped;

    boolean everDropped;

    long notBefore = Long.MIN_VALUE;
    long firstBegin;
    long firstEnd;
    boolean everDead;
    int commits;

    enum End {
        NONE,
        FAILED,
        PUT_BACK,
        SUCCEEDED,
        DEAD,
        DISCARDED;

        boolean isFinal() {
            return this == SUCCEEDED || this == DEAD || this == DISCARDED;
        }
    }

    Story(long id, @Nullable String key) {
        this.id = id;
        this.key = key;
    }

    @Override
    public String toString() {
        return "message %d (key %s): attempt %d, %s, %d losses%s%s%s"
                .formatted(
                        id,
                        key,
                        attempt,
                        end,
                        losses,
                        inHand ? ", in hand" : "",
                        anew ? ", anew" : "",
                        mayBeDropped ? ", may be dropped" : "");
    }
}
