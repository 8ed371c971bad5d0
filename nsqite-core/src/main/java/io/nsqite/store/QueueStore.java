package io.nsqite.store;

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
        OperatorStore operator) {

    /** In a SQLite database. */
    public static QueueStore sqlite() {
        TopicTable topics = new TopicTable();
        MessageTable messages = new MessageTable();
        return new QueueStore(
                topics,
                messages,
                new ChannelTable(topics, messages),
                new AcknowledgementTable(),
                new KeyTable(),
                new CancelTable(),
                new OwnerTable(),
                new StatusViews(),
                new RetentionTable(),
                new OperatorTable());
    }
}
