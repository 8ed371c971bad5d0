package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code nsqite_channel}, and what hangs on it. */
final class ChannelTable extends PrefixedTables implements ChannelStore {

    private final Sql find = sql("SELECT id FROM {channel} WHERE topic_id = ? AND name = ? AND deleted = 0");

    private final Sql create = sql("INSERT INTO {channel} (topic_id, name) VALUES (?, ?) RETURNING id");

    private final Sql free = sql("""
            SELECT c.topic_id, t.name, c.name, c.epoch + 1, c.changes, c.unclean, c.in_hand
            FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE c.id = ? AND c.owner_id IS NULL AND c.deleted = 0""");

    private final Sql served = sql("""
            SELECT 1 FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE t.name = ? AND c.name = ? AND c.deleted = 0 AND c.owner_id IS NOT NULL""");

    private final Sql take = sql("UPDATE {channel} SET owner_id = ?, epoch = epoch + 1, in_hand = ? WHERE id = ?");

    private final Sql releaseSettled = sql("""
            UPDATE {channel} SET owner_id = NULL, in_hand = CASE unclean WHEN 0 THEN 0 ELSE in_hand END
            WHERE id = ? AND owner_id = ? AND epoch = ?""");

    private final Sql releaseUnsettled = sql("""
            UPDATE {channel}
            SET owner_id = NULL, unclean = 1, in_hand = CASE unclean WHEN 0 THEN ?1 ELSE max(in_hand, ?1) END
            WHERE id = ?2 AND owner_id = ?3 AND epoch = ?4""");

    private final Sql inHand = sql("UPDATE {channel} SET in_hand = ? WHERE id = ? AND unclean = 0");

    private final Sql fence =
            sql("SELECT changes FROM {channel} WHERE id = ? AND owner_id = ? AND epoch = ? AND deleted = 0");

    private final Sql clean = sql("UPDATE {channel} SET unclean = 0 WHERE id = ?");

    private final Sql state = sql("SELECT changes, paused FROM {channel} WHERE id = ?");

    private final Sql notices = sql("SELECT id, epoch, changes FROM {channel} WHERE owner_id = ?");

    private final TopicTable topics;
    private final MessageTable messages;
    private final CursorTable cursors;
    private final DoneTable done;
    private final DeliveryTable deliveries;
    private final DueDeliveries due;
    private final ChannelClocks clocks;

    ChannelTable(TablePrefix prefix, TopicTable topics, MessageTable messages) {
        super(prefix);
        this.topics = topics;
        this.messages = messages;
        cursors = new CursorTable(prefix);
        done = new DoneTable(prefix);
        deliveries = new DeliveryTable(prefix);
        due = new DueDeliveries(prefix);
        clocks = new ChannelClocks(prefix);
    }

    @Override
    public List<Long> create(Connection transaction, Collection<NewChannel> channels) throws SQLException {
        Set<Long> first = new HashSet<>();
        for (NewChannel channel : channels) {
            long topicId = topics.findOrCreate(transaction, channel.topic());
            if (!topics.hadChannel(transaction, topicId)) {
                first.add(topicId);
            }
        }
        List<Long> ids = new ArrayList<>();
        for (NewChannel channel : channels) {
            ids.add(findOrCreate(transaction, channel, first));
        }
        return ids;
    }

    private long findOrCreate(Connection transaction, NewChannel channel, Set<Long> first) throws SQLException {
        long topicId = topics.findOrCreate(transaction, channel.topic());
        Optional<Long> existing = find.first(transaction, row -> row.getLong(1), topicId, channel.channel());
        if (existing.isPresent()) {
            return existing.get();
        }
        long id = create.number(transaction, topicId, channel.channel());
        boolean atBeginning = switch (channel.start()) {
            case DEFAULT -> first.contains(topicId);
            case EARLIEST -> true;
            case LATEST -> false;
        };
        cursors.create(transaction, id, atBeginning ? 0 : messages.newestId(transaction));
        topics.gotChannel(transaction, topicId);
        return id;
    }

    @Override
    public Optional<Taken> take(Connection transaction, long channelId, long ownerId, int inHand) throws SQLException {
        Optional<Taken> found = free.first(
                transaction,
                row -> new Taken(
                        new Claim(
                                channelId,
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                ownerId,
                                row.getLong(4),
                                row.getLong(5)),
                        row.getInt(6) != 0,
                        row.getInt(7)),
                channelId);
        if (found.isEmpty()) {
            return found;
        }
        Taken taken = found.get();
        // until what the last owner had in hand is settled, the next one after us must suspect as much
        int recorded = taken.unclean() ? Math.max(inHand, taken.inHand()) : inHand;
        take.update(transaction, ownerId, recorded, channelId);
        return found;
    }

    @Override
    public boolean isFree(Connection connection, String topic, String channel) throws SQLException {
        return !served.exists(connection, topic, channel);
    }

    @Override
    public void release(Connection transaction, Claim claim, int unsettled) throws SQLException {
        if (unsettled == 0) {
            releaseSettled.update(transaction, claim.channelId(), claim.ownerId(), claim.epoch());
        } else {
            releaseUnsettled.update(transaction, unsettled, claim.channelId(), claim.ownerId(), claim.epoch());
        }
    }

    @Override
    public Fence fence(Connection connection, Claim claim) throws SQLException {
        Optional<Long> changes =
                fence.first(connection, row -> row.getLong(1), claim.channelId(), claim.ownerId(), claim.epoch());
        if (changes.isEmpty()) {
            return Fence.LOST;
        }
        return changes.get() == claim.changes() ? Fence.OURS : Fence.CHANGED;
    }

    @Override
    public Fence clean(Connection transaction, Claim claim) throws SQLException {
        Fence fence = fence(transaction, claim);
        if (fence != Fence.LOST) {
            clean.update(transaction, claim.channelId());
        }
        return fence;
    }

    @Override
    public ChannelContents load(Connection transaction, Claim claim) throws SQLException {
        long channelId = claim.channelId();
        done.sweep(transaction, channelId);
        long[] positions = cursors.all(transaction, channelId);
        return state.first(
                        transaction,
                        row -> new ChannelContents(
                                row.getLong(1),
                                row.getInt(2) != 0,
                                positions,
                                done.aboveCursors(transaction, channelId),
                                deliveries.aboveCursors(transaction, channelId),
                                deliveries.running(transaction, channelId),
                                deliveries.isAnyKeyed(transaction, channelId)),
                        channelId)
                .orElseThrow(
                        () -> new SQLException("The channel of %s is gone: it was deleted meanwhile".formatted(claim)));
    }

    @Override
    public List<Notice> notices(Connection connection, long ownerId) throws SQLException {
        return notices.list(connection, row -> new Notice(row.getLong(1), row.getLong(2), row.getLong(3)), ownerId);
    }

    @Override
    public Optional<long[]> cursors(Connection connection, Claim claim) throws SQLException {
        return fence(connection, claim) == Fence.OURS
                ? Optional.of(cursors.all(connection, claim.channelId()))
                : Optional.empty();
    }

    @Override
    public Fence settle(Connection transaction, Claim claim, Settlement settlement) throws SQLException {
        Fence fence = fence(transaction, claim);
        if (fence != Fence.OURS) {
            return fence;
        }
        long channelId = claim.channelId();
        if (!cursors.areAt(transaction, channelId, settlement.moves())) {
            return Fence.CHANGED;
        }
        cursors.move(transaction, channelId, settlement.moves());
        deliveries.delete(transaction, channelId, settlement.settledRows());
        deliveries.put(transaction, channelId, settlement.rows());
        done.add(transaction, channelId, settlement.done());
        done.remove(transaction, channelId, settlement.passed());
        Clocks now = settlement.clocks();
        if (now != null && settlement.hasRetries()) {
            clocks.write(transaction, channelId, now);
        }
        if (settlement.inHand() > 0) {
            inHand.update(transaction, settlement.inHand(), channelId);
        }
        return Fence.OURS;
    }

    @Override
    public Started start(Connection transaction, Claim claim, List<DeliveryRow> rows, List<Long> gone)
            throws SQLException {
        Fence fence = fence(transaction, claim);
        if (fence != Fence.OURS) {
            return new Started(fence, List.of());
        }
        deliveries.delete(transaction, claim.channelId(), gone);
        return new Started(fence, deliveries.put(transaction, claim.channelId(), rows));
    }

    @Override
    public Fence takeBack(Connection transaction, Claim claim, List<DeliveryRow> rows) throws SQLException {
        Fence fence = fence(transaction, claim);
        if (fence == Fence.OURS) {
            deliveries.takeBack(transaction, claim.channelId(), rows);
        }
        return fence;
    }

    @Override
    public List<DeliveryRow> due(Connection connection, Claim claim, Clocks now, int limit) throws SQLException {
        return due.byPriority(connection, claim.channelId(), now, limit);
    }

    @Override
    public List<DeliveryRow> dueByTime(Connection connection, Claim claim, Clocks now, int limit) throws SQLException {
        return due.byTime(connection, claim.channelId(), now, limit);
    }

    @Override
    public Optional<Long> nextDue(Connection connection, Claim claim, Clocks now) throws SQLException {
        return due.next(connection, claim.channelId(), now);
    }

    @Override
    public Clocks clocks(Connection connection, Claim claim) throws SQLException {
        return clocks.read(connection, claim.channelId());
    }

    @Override
    public Fence setClocks(Connection transaction, Claim claim, Clocks now) throws SQLException {
        Fence fence = fence(transaction, claim);
        if (fence != Fence.LOST) {
            clocks.write(transaction, claim.channelId(), now);
        }
        return fence;
    }

    @Override
    public int moveBackCursors(Connection transaction, long newestId) throws SQLException {
        return cursors.moveBack(transaction, newestId);
    }
}
