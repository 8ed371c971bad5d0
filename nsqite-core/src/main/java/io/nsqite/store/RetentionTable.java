package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes from {@code nsqite_message}; the positions are in {@code nsqite_topic}. */
final class RetentionTable extends PrefixedTables implements RetentionStore {

    /** Of all topics, as the log has no order by topic; about a millisecond. */
    static final int MAX_IDS = 10_000;

    /** About two milliseconds. */
    static final int MAX_ROWS = 250;

    /** Large payloads lie on many pages, each of which has to be freed. */
    static final long MAX_BYTES = 4 << 20;

    private final Sql topicAfter = sql("SELECT id FROM {topic} WHERE id > ? ORDER BY id LIMIT 1");
    private final Sql keptFrom = sql("SELECT kept_from FROM {topic} WHERE id = ?");
    private final Sql move = sql("UPDATE {topic} SET kept_from = ?1 WHERE id = ?2 AND kept_from <> ?1");
    private final Sql newestId = sql("SELECT max(id) FROM {message}");

    /** What was deleted leaves gaps, which are not worth a step each. */
    private final Sql next = sql("SELECT id FROM {message} WHERE id > ? ORDER BY id LIMIT 1");

    /** A message from the future, of a clock that was wrong, is no sign that what comes after it is young. */
    private final Sql firstYoung = sql("""
            SELECT id FROM {message}
            WHERE id > ? AND id <= ? AND published_at >= ? AND published_at <= ? ORDER BY id LIMIT 1""");

    /** With empty rows of no topic, which keep an id from being given again until a greater one is there. */
    private final Sql candidates = sql("""
            SELECT id, length(payload) FROM {message}
            WHERE id > ?1 AND id <= ?2
              AND (+topic_id = 0 AND id < ?3
                OR +topic_id = ?4 AND published_at < ?5 AND coalesce(deliver_at, published_at) < ?5
                  AND id <= CASE priority WHEN 0 THEN ?7 WHEN 1 THEN ?8 WHEN 2 THEN ?9 WHEN 3 THEN ?10 WHEN 4 THEN ?11
                    WHEN 5 THEN ?12 WHEN 6 THEN ?13 WHEN 7 THEN ?14 WHEN 8 THEN ?15 WHEN 9 THEN ?16 END)
            ORDER BY id LIMIT ?6""");

    private static final int FIRST_PRIORITY_PARAMETER = 7;

    /** One statement for all ids of a step, which come as a JSON array. */
    private final Sql deleteUnlessNeeded = sql("""
            DELETE FROM {message} WHERE id IN (SELECT value FROM json_each(?1))
              AND NOT EXISTS (
                SELECT 1 FROM {channel} c JOIN {delivery} d ON d.channel_id = c.id
                WHERE c.topic_id = ?2 AND c.deleted = 0 AND d.message_id = {message}.id)
              AND NOT EXISTS (
                SELECT 1 FROM {channel} c JOIN {done} d ON d.channel_id = c.id
                WHERE c.topic_id = ?2 AND c.deleted = 0 AND d.message_id = {message}.id)""");

    private final ConsumedProgress progress;

    RetentionTable(TablePrefix prefix) {
        super(prefix);
        progress = new ConsumedProgress(prefix);
    }

    @Override
    public Optional<Long> topicAfter(Connection connection, long topicId) throws SQLException {
        return topicAfter.first(connection, row -> row.getLong(1), topicId);
    }

    @Override
    public void startOver(Connection transaction, long topicId) throws SQLException {
        move.update(transaction, 0, topicId);
    }

    @Override
    public boolean deleteSome(Connection transaction, long topicId, KeepFrom keepFrom) throws SQLException {
        Optional<Consumed> known = progress.of(transaction, topicId, keepFrom);
        if (known.isEmpty()) {
            return false;
        }
        Consumed consumed = known.get();
        long newest = newestId.number(transaction);
        Reach reach = reach(transaction, topicId, Math.min(newest, consumed.end()));
        if (reach.isEmpty()) {
            return false;
        }
        Candidates candidates = candidates(transaction, topicId, consumed, reach, newest);
        Optional<Long> young = firstYoung.first(
                transaction,
                row -> row.getLong(1),
                reach.after(),
                candidates.upTo(),
                consumed.keepFrom(),
                keepFrom.now());
        if (young.isPresent()) {
            delete(transaction, topicId, candidates.before(young.get()), newest);
            return false;
        }
        delete(transaction, topicId, candidates, newest);
        return candidates.upTo() < reach.end();
    }

    private void delete(Connection transaction, long topicId, Candidates candidates, long newest) throws SQLException {
        if (!candidates.ids().isEmpty()) {
            deleteUnlessNeeded.update(transaction, candidates.ids().toString(), topicId);
        }
        // the last id may be held by an empty row, which goes when there is a greater one
        move.update(transaction, Math.min(candidates.upTo(), newest - 1), topicId);
    }

    /**
     * The ids that a step may look at.
     *
     * @param end where the log ends for now, as far as it is consumed
     */
    private record Reach(long after, long to, long end) {

        boolean isEmpty() {
            return to <= after;
        }
    }

    private Reach reach(Connection transaction, long topicId, long end) throws SQLException {
        long position = keptFrom.number(transaction, topicId);
        long after = next.first(transaction, row -> row.getLong(1), position).orElse(position + 1) - 1;
        return new Reach(after, Math.min(end, after + MAX_IDS), end);
    }

    /** @param upTo where the next step begins */
    private record Candidates(List<Long> ids, long upTo) {

        Candidates before(long id) {
            return new Candidates(
                    ids.stream().filter(candidate -> candidate < id).toList(), id - 1);
        }
    }

    private Candidates candidates(Connection transaction, long topicId, Consumed consumed, Reach reach, long newest)
            throws SQLException {
        return candidates.query(
                transaction,
                statement -> {
                    statement.setLong(1, reach.after());
                    statement.setLong(2, reach.to());
                    statement.setLong(3, newest);
                    statement.setLong(4, topicId);
                    statement.setLong(5, consumed.keepFrom());
                    statement.setInt(6, MAX_ROWS);
                    bindPassed(statement, consumed);
                },
                rows -> read(rows, reach));
    }

    private static void bindPassed(PreparedStatement statement, Consumed consumed) throws SQLException {
        for (int priority = 0; priority < ChannelStore.PRIORITIES; priority++) {
            statement.setLong(FIRST_PRIORITY_PARAMETER + priority, consumed.upTo()[priority]);
        }
    }

    private static Candidates read(ResultSet rows, Reach reach) throws SQLException {
        List<Long> ids = new ArrayList<>();
        long bytes = 0;
        while (rows.next()) {
            ids.add(rows.getLong(1));
            bytes += rows.getLong(2);
            if (ids.size() == MAX_ROWS || bytes >= MAX_BYTES) {
                return new Candidates(ids, rows.getLong(1));
            }
        }
        return new Candidates(ids, reach.to());
    }
}
