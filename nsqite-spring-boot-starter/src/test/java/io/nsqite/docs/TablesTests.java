package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.Nsqite;
import io.nsqite.schema.InvalidSchemaException;
import io.nsqite.schema.SchemaMode;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TablesTests {

    @TempDir
    Path folder;

    @Test
    void withoutSpringTablesOfAnotherNameCanBeCheckedToo() {
        DataSource dataSource = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("shop.db"));
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> open(dataSource))
                .satisfies(e -> assertThat(e.missing()).contains("table shop_queue_message"));
        Nsqite.builder(dataSource).tablePrefix("shop_queue_").build().close();
        open(dataSource).close();
    }

    private static Nsqite open(DataSource dataSource) {
        Nsqite nsqite = Nsqite.builder(dataSource)
                .schemaMode(SchemaMode.VALIDATE)
                .tablePrefix("shop_queue_")
                .build();
        return nsqite;
    }
}
