package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.Settlement.CursorMove;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRetentionStoreTests extends RetentionStoreTests {

    @TempDir
    Path folder;

    @Override
    QueueStore store() {
        return QueueStore.sqlite(TablePrefix.DEFAULT);
    }

    @Override
    Connection open() throws SQLException {
        return SqliteFile.open(folder, TablePrefix.DEFAULT);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Long> numbers(String sql) throws SQLException {
        return Sql.of(sql).list(transaction, row -> row.getLong(1));
    }

    @Override
    List<Long> storedIds() throws SQLException {
        return numbers("SELECT id FROM nsqite_message ORDER BY id");
    }

    private void appendMany(String topic, int count, long publishedAt) throws SQLException {
        appendMany(topic, count, publishedAt, 10);
    }

    private void appendMany(String topic, int count, long publishedAt, int bytes) throws SQLException {
        execute("""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                INSERT INTO nsqite_message (topic_id, priority, published_at, payload)
                SELECT %d, 4, %d, zeroblob(%d) FROM n""".formatted(count, topicId(topic), publishedAt, bytes));
    }

    private long pages() throws SQLException {
        return numbers("PRAGMA page_count").get(0);
    }

    // ---- steps ----

    @Test
    void aStepDeletesABoundedNumberOfRows() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany("topic", 2 * RetentionTable.MAX_ROWS + 10, OLD);
        moveCursor(claim, PRIORITY, store.messages().newestId(transaction));
        store.retention().deleteSome(transaction, topicId("topic"), KEEP_FROM);
        assertThat(kept("topic")).hasSize(RetentionTable.MAX_ROWS + 10);
        assertThat(sweep("topic")).isEqualTo(2);
        assertThat(kept("topic")).isEmpty();
    }

    @Test
    void aStepDeletesABoundedNumberOfBytes() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        int size = 1 << 20;
        appendMany("topic", 10, OLD, size);
        moveCursor(claim, PRIORITY, 10);
        store.retention().deleteSome(transaction, topicId("topic"), KEEP_FROM);
        assertThat(kept("topic")).hasSize(10 - (int) (RetentionTable.MAX_BYTES / size));
        sweep("topic");
        assertThat(kept("topic")).isEmpty();
    }

    @Test
    void aStepLooksAtABoundedNumberOfIdsAndPassesGapsAtOnce() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany("other", RetentionTable.MAX_IDS + 5, OLD);
        long last = old("topic");
        execute("INSERT INTO nsqite_message (id, topic_id, priority, published_at, payload) VALUES (%d, %d, 4, 1, x'')"
                .formatted(last * 1000, topicId("topic")));
        moveCursor(claim, PRIORITY, last * 1000);
        assertThat(store.retention().deleteSome(transaction, topicId("topic"), KEEP_FROM))
                .isTrue();
        assertThat(kept("topic")).hasSize(2);
        assertThat(sweep("topic")).isEqualTo(2);
        assertThat(kept("topic")).isEmpty();
    }

    @Test
    void whereNothingIsDeletedNothingIsLookedAtTwice() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany("other", 3 * RetentionTable.MAX_IDS, OLD);
        moveCursor(claim, PRIORITY, 3L * RetentionTable.MAX_IDS);
        assertThat(sweep("topic")).isEqualTo(3);
        assertThat(sweep("topic")).isEqualTo(1);
    }

    @Test
    void noStatementOfAStepScansATableFromEndToEnd() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        old("topic");
        old("topic");
        moveCursor(claim, PRIORITY, 2);
        Set<String> statements = new LinkedHashSet<>();
        InvocationHandler spy = (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
            }
            return method.invoke(transaction, arguments);
        };
        Connection spied = (Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, spy);
        store.retention().topicAfter(spied, 0);
        store.retention().startOver(spied, topicId("topic"));
        store.retention().deleteSome(spied, topicId("topic"), KEEP_FROM);
        store.retention().deleteSome(spied, topicId("unheard"), UNHEARD_TOO);

        assertThat(statements).hasSizeGreaterThan(8);
        for (String statement : statements) {
            assertThat(plan(statement))
                    .as(statement)
                    .noneMatch(line -> line.startsWith("SCAN") && !line.startsWith("SCAN json_each"));
        }
        assertThat(statements.stream().filter(statement -> statement.contains("length(payload)")))
                .singleElement()
                .satisfies(candidates -> assertThat(plan(candidates))
                        .containsExactly("SEARCH nsqite_message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"));
    }

    private List<String> plan(String statement) throws SQLException {
        try (Statement explain = transaction.createStatement();
                ResultSet rows = explain.executeQuery("EXPLAIN QUERY PLAN " + statement)) {
            List<String> plan = new ArrayList<>();
            while (rows.next()) {
                plan.add(rows.getString(4));
            }
            return plan;
        }
    }

    // ---- the file ----

    @Test
    void theFileStopsGrowingUnderSteadyLoadWhateverLiesAtTheHeadOfTheLog() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long dead = old("topic");
        long nextYear = publish("topic", PRIORITY, OLD, NOW * 1000);
        settle(
                claim,
                settlement(
                        List.of(new CursorMove(PRIORITY, 0, nextYear)),
                        List.of(),
                        List.of(due(dead, 10).dead(FAILURE), due(nextYear, NOW * 1000))));
        List<Long> pages = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            appendMany("topic", 2000, OLD, 100);
            moveCursor(claim, PRIORITY, store.messages().newestId(transaction) - 700);
            sweep("topic");
            transaction.commit();
            pages.add(pages());
        }
        assertThat(kept("topic")).startsWith(dead, nextYear).hasSize(702);
        assertThat(pages.subList(6, 12)).as("of %s", pages).containsOnly(pages.get(6));
    }
}
