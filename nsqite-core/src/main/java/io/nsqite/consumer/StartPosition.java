package io.nsqite.consumer;

import io.nsqite.store.ChannelStore;

/** Where a channel starts when it is created. An existing channel goes on where it was. */
public enum StartPosition {
    /** The first channels of a topic, created together, at its beginning; one added later at its end. */
    DEFAULT,
    /** At the oldest message that is kept. */
    EARLIEST,
    /** After the newest message. */
    LATEST;

    ChannelStore.Start inStore() {
        return switch (this) {
            case DEFAULT -> ChannelStore.Start.DEFAULT;
            case EARLIEST -> ChannelStore.Start.EARLIEST;
            case LATEST -> ChannelStore.Start.LATEST;
        };
    }
}
