package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import io.nsqite.store.ChannelStore.Start;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueueStoreTests extends QueueStoreTests {

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

    @Override
    void leaveOutMessages(long from, long to) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.executeUpdate("DELETE FROM nsqite_message WHERE id BETWEEN %d AND %d".formatted(from, to));
        }
    }

    private List<String> rows(String sql, int column) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(column));
            }
            return rows;
        }
    }

    @Test
    void everyColumnOfEveryTableAndViewHasADeclaredType() throws Exception {
        List<String> names = rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')", 1);
        assertThat(names).contains("nsqite_message", "nsqite_channel_status", "nsqite_dead_letter");
        for (String name : names) {
            if (name.startsWith("sqlite_")) {
                continue;
            }
            assertThat(rows("PRAGMA table_info(" + name + ")", 3))
                    .as("types of %s: %s", name, rows("PRAGMA table_info(" + name + ")", 2))
                    .isNotEmpty()
                    .allMatch(type -> List.of("INTEGER", "INT", "TEXT", "BLOB").contains(type));
        }
    }

    @Test
    void thePlainPriorityIsReadByTheRangeOfIdsAndOthersByTheirIndex() throws Exception {
        assertThat(planOfReading(Message.DEFAULT_PRIORITY))
                .singleElement()
                .asString()
                .contains("SEARCH nsqite_message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        assertThat(planOfReading(9))
                .singleElement()
                .asString()
                .contains("SEARCH nsqite_message USING INDEX nsqite_message_priority")
                .contains("id>? AND id<?");
    }

    private List<String> planOfReading(int priority) throws SQLException {
        List<String> statements = statementsOf(
                spied -> store.messages().read(spied, new Stretch("topic", 1, priority, 0, 10, 0, 10, 10)));
        assertThat(statements).hasSize(1);
        return plan(statements.get(0));
    }

    /** What the store really runs. */
    private List<String> statementsOf(StoreCall call) throws SQLException {
        List<String> statements = new ArrayList<>();
        InvocationHandler spy = (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
            }
            return method.invoke(transaction, arguments);
        };
        call.on((Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, spy));
        return statements;
    }

    private interface StoreCall {
        void on(Connection connection) throws SQLException;
    }

    private List<String> plan(String statement) throws SQLException {
        return rows("EXPLAIN QUERY PLAN " + statement, 4);
    }

    @Test
    void aDuplicateIsFoundByItsIndex() throws Exception {
        NewRow row = new NewRow(1, 4, 5, null, Map.of(), new byte[0], null, "once");
        List<String> statements = statementsOf(spied -> {
            store.messages().appendOnce(spied, row);
            store.messages().appendOnce(spied, row);
        });
        assertThat(statements).hasSize(4);
        assertThat(plan(statements.get(3)))
                .singleElement()
                .asString()
                .contains("INDEX nsqite_message_deduplication (topic_id=? AND deduplication_key=?)");
    }

    @Test
    void theCommonMessageIsAppendedByTheStatementWithFewestParameters() throws Exception {
        NewRow common = new NewRow(1, 9, 5, "key", Map.of(), new byte[0]);
        assertThat(statementsOf(spied -> store.messages().append(spied, common)))
                .first()
                .asString()
                .endsWith("VALUES (?, ?, ?, ?, ?, ?)");
    }

    @Test
    void whenToDeliverAndTheDeduplicationKeyAreStored() throws Exception {
        store.messages().append(transaction, new NewRow(1, 9, 5, null, Map.of(), new byte[0], 77L, null));
        store.messages().append(transaction, new NewRow(1, 0, 5, null, Map.of(), new byte[0], null, "once"));
        assertThat(rows("SELECT priority || ' ' || deliver_at FROM nsqite_message WHERE id = 1", 1))
                .containsExactly("9 77");
        assertThat(rows("SELECT deduplication_key FROM nsqite_message WHERE deliver_at IS NULL AND id = 2", 1))
                .containsExactly("once");
    }

    @Test
    void dueDeliveriesAreFoundByTheirIndexAndNotSortedUnlessFewAreFound() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        String index = "nsqite_delivery_state (channel_id=? AND state=? AND priority=? AND due_at%s?)";
        List<String> statements = statementsOf(spied -> {
            store.channels().due(spied, claim, at(10), 10);
            store.channels().dueByTime(spied, claim, at(10), 10);
            store.channels().nextDue(spied, claim, at(10));
        });
        assertThat(statements).hasSize(4);
        for (String due : statements.subList(0, 2)) {
            assertThat(plan(due))
                    .filteredOn(step -> step.contains(index.formatted("<")))
                    .hasSize(2);
            assertThat(plan(due)).as("only what was found").containsOnlyOnce("USE TEMP B-TREE FOR ORDER BY");
        }
        assertThat(plan(statements.get(2)))
                .anySatisfy(step -> assertThat(step).contains(index.formatted(">")))
                .noneMatch(step -> step.contains("TEMP B-TREE") || step.contains("SCAN nsqite"));
    }

    @Test
    void headersAreReadableBySqlsJsonFunctions() throws Exception {
        long topicId = store.topics().findOrCreate(transaction, "topic");
        store.messages()
                .append(
                        transaction,
                        new NewRow(
                                topicId,
                                Message.DEFAULT_PRIORITY,
                                1,
                                null,
                                Map.of("name", "\u0001\"ä\uD83D\uDE00\\"),
                                new byte[0]));
        assertThat(rows("SELECT json_extract(headers, '$.name') FROM nsqite_message", 1))
                .containsExactly("\u0001\"ä\uD83D\uDE00\\");
    }
}
