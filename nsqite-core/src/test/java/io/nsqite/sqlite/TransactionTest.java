package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class TransactionTest {

    @TempDir
    Path folder;

    @Test
    void smoke() throws Exception {
        SqliteDataSource dataSource = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("a.db"));
        try (SqliteConnection c = dataSource.getConnection();
                Statement s = c.createStatement()) {
            s.executeUpdate("create table t (id integer primary key, x text); insert into t(x) values ('a')");
            c.setAutoCommit(false);
            assertThat(c.isTransactionActive()).isFalse();
            try (PreparedStatement p = c.prepareStatement("insert into t(x) values (?)")) {
                assertThat(c.isTransactionActive()).isFalse();
                p.setString(1, "b");
                p.executeUpdate();
                assertThat(c.isTransactionActive()).isTrue();
                assertThat(c.database().permit().isHeldByCurrentThread()).isTrue();
            }
            c.rollback();
            assertThat(c.database().permit().isHeldByCurrentThread()).isFalse();
            assertThat(c.isTransactionActive()).isFalse();
            try (ResultSet r = s.executeQuery("select count(*) from t")) {
                assertThat(r.next()).isTrue();
                assertThat(r.getInt(1)).isEqualTo(1);
            }
            c.commit();
            c.setAutoCommit(true);
            try (ResultSet r = s.executeQuery("PRAGMA journal_mode")) {
                assertThat(r.getString(1)).isEqualTo("wal");
            }
            Connection unwrapped = c.unwrap(SqliteConnection.class);
            assertThat(unwrapped).isSameAs(c);
        }
    }
}
