package io.nsqite.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

@Component
public class V2__nsqite_1 extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            if (!isThere(statement)) {
                String script = new ClassPathResource("io/nsqite/schema/V1.sql").getContentAsString(UTF_8);
                statement.executeUpdate(script.replace("${prefix}", "nsqite_"));
            }
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'nsqite_schema'")) {
            return table.next();
        }
    }
}
