package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What REQUIRES_NEW, NOT_SUPPORTED and sequence tables do: a second connection writes while the first has not committed. */
@Timeout(30) // half of the busy timeout
class SecondWriterTest {

    @TempDir
    Path folder;

    private TestDatabase database;

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.withTable(folder);
    }

    @Test
    void aSecondTransactionOfTheThreadFailsAtOnceAndTheFirstGoesOn() throws Exception {
        try (SqliteConnection outer = database.begin("busy_timeout=60000");
                SqliteConnection inner = database.begin("busy_timeout=60000")) {
            insert(outer);

            assertThatThrownBy(() -> insert(inner))
                    .isInstanceOf(SecondWriterException.class)
                    .hasMessageContaining("REQUIRES_NEW")
                    .hasMessageContaining("NOT_SUPPORTED")
                    .hasMessageContaining("IDENTITY or UUID")
                    .hasMessageContaining("AUTO");
            assertThat(inner.isTransactionActive()).isFalse();
            inner.rollback();
            insert(outer);
            outer.commit();

            insert(inner);
            inner.commit();
        }
        assertThat(database.count()).isEqualTo(3);
    }

    @Test
    void aStatementOutsideTransactionsFailsAtOnceToo() throws Exception {
        try (SqliteConnection outer = database.begin("busy_timeout=60000");
                SqliteConnection inner = database.open("busy_timeout=60000")) {
            insert(outer);
            assertThatThrownBy(() -> insert(inner)).isInstanceOf(SecondWriterException.class);
            outer.rollback();
            insert(inner);
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void readingThroughASecondConnectionIsFine() throws Exception {
        try (SqliteConnection outer = database.begin();
                SqliteConnection inner = database.open()) {
            insert(outer);
            assertThat(number(inner, "SELECT count(*) FROM t")).isZero();
            inner.setReadOnly(true);
            inner.setAutoCommit(false);
            assertThat(number(inner, "SELECT count(*) FROM t")).isZero();
            inner.commit();
        }
    }

    @Test
    void anOpenResultOfAWriteCountsAsWriting() throws Exception {
        try (SqliteConnection outer = database.open();
                SqliteConnection inner = database.open();
                Statement statement = outer.createStatement()) {
            try (ResultSet rows = statement.executeQuery("INSERT INTO t (x) VALUES ('x') RETURNING id")) {
                assertThat(rows.next()).isTrue();
                assertThatThrownBy(() -> insert(inner))
                        .isInstanceOf(SecondWriterException.class)
                        .hasMessageContaining("RETURNING");
            }
            insert(inner);
        }
        assertThat(database.count()).isEqualTo(2);
    }
}
