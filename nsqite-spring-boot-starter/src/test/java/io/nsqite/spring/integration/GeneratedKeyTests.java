package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.producer.Producer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.support.TransactionTemplate;

/** The ways in which Spring's JDBC asks for the key of an INSERT, in transactions that publish as well. */
@Timeout(60)
class GeneratedKeyTests {

    @TempDir
    Path folder;

    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        context = TestApplication.on(folder.resolve("app.db")).start();
        jdbc().execute("CREATE TABLE purchase (id INTEGER PRIMARY KEY, item TEXT)");
        jdbc().update("INSERT INTO purchase VALUES (100, 'first')");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aKeyHolderHasItAlthoughAMessageIsPublishedMeanwhile() {
        assertThat(inTransaction(() -> {
                    GeneratedKeyHolder keys = new GeneratedKeyHolder();
                    publish();
                    context.getBean(JdbcClient.class)
                            .sql("INSERT INTO purchase (item) VALUES (?)")
                            .param("book")
                            .update(keys);
                    publish();
                    return keys.getKey();
                }))
                .isEqualTo(101);
    }

    @Test
    void aSimpleInsertReturnsIt() {
        SimpleJdbcInsert insert =
                new SimpleJdbcInsert(jdbc()).withTableName("purchase").usingGeneratedKeyColumns("id");
        assertThat(inTransaction(() -> {
                    publish();
                    return insert.executeAndReturnKey(Map.of("item", "book"));
                }))
                .isEqualTo(101);
        assertThat(insert.executeAndReturnKey(Map.of("item", "pen"))).isEqualTo(102);
    }

    private Number inTransaction(Supplier<Number> work) {
        return context.getBean(TransactionTemplate.class).execute(status -> work.get());
    }

    private void publish() {
        context.getBean(Producer.class).publishTx("orders", "placed");
    }

    private JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }
}
