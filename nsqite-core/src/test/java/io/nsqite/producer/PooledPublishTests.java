package io.nsqite.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.Nsqite;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PooledPublishTests {

    @TempDir
    Path folder;

    @Test
    void aConnectionGivenBackToItsPoolWithoutCommitPublishesNothing() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")));
            pool.setMaximumPoolSize(1);
            try (Nsqite nsqite = Nsqite.builder(pool).build()) {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    nsqite.producer().publishTx(connection, NewMessage.to("orders", "never"));
                    nsqite.producer().publishTx(connection, NewMessage.to("orders", "neither"));
                }
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    nsqite.producer().publishTx(connection, NewMessage.to("orders", "kept"));
                    connection.commit();
                }
                assertThat(nsqite.admin().topics())
                        .singleElement()
                        .satisfies(topic -> assertThat(topic.messages()).isEqualTo(1));
            }
        }
    }
}
