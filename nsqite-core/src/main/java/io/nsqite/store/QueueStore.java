package io.nsqite.store;

import io.nsqite.jdbc.TablePrefix;

/**
 * Everything that is stored, in the words of the queue; one implementation for each kind of database.
 */
public record QueueStore(
        TopicStore topics,
        MessageLog messages,
        ChannelStore channels,
        AcknowledgementStore acknowledgements,
        KeyStore keys,
        CancelStore cancels,
        OwnerStore owners,
        StatusStore status,
        RetentionStore retention,
        OperatorStore operator,
        OffsetStore offsets) {

    /** In a SQLite database, in tables whose names begin with this prefix. */
    public static QueueStore sqlite(TablePrefix prefix) {
        TopicTable topics = new TopicTable(prefix);
        MessageTable messages = new MessageTable(prefix);
        return new QueueStore(
                topics,
                messages,
                new ChannelTable(prefix, topics, messages),
                new AcknowledgementTable(prefix),
                new KeyTable(prefix),
                new CancelTable(prefix),
                new OwnerTable(prefix),
                new StatusViews(prefix),
                new RetentionTable(prefix),
                new OperatorTable(prefix),
                new OffsetTable(prefix));
    }
}
