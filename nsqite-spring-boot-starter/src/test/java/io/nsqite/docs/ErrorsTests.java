package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.translation.SqliteExceptionTranslator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the documentation says of errors. */
@Timeout(60)
class ErrorsTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`SQLITE_[^|]*) \\| `(\\w+)` \\|");
    private static final Pattern CODE = Pattern.compile("SQLITE_\\w+");

    @TempDir
    Path folder;

    @Test
    void whoSubscribesTwiceIsToldSo() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        NsqiteAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"))
                .withBean(Newsletter.class)
                .run(context -> {
                    context.getBean(JdbcClient.class)
                            .sql("CREATE TABLE subscriber (email TEXT PRIMARY KEY)")
                            .update();
                    Newsletter newsletter = context.getBean(Newsletter.class);
                    assertThat(newsletter.subscribe("a@example.com")).isTrue();
                    assertThat(newsletter.subscribe("a@example.com")).isFalse();
                });
    }

    @Test
    void everyRowOfTheTableOfTranslationsIsTrue() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "errors.md"));
        assertThat(ROW.matcher(page).results())
                .hasSize(7)
                .allSatisfy(
                        row -> assertThat(CODE.matcher(row.group(1)).results().map(MatchResult::group))
                                .isNotEmpty()
                                .allSatisfy(code -> assertThat(translated(code)).isEqualTo(row.group(2))));
    }

    private static String translated(String code) {
        SQLiteException failure = new SQLiteException("refused", SQLiteErrorCode.valueOf(code));
        return new SqliteExceptionTranslator()
                .translate("Counting", "SELECT 1", failure)
                .getClass()
                .getSimpleName();
    }
}
