package io.nsqite.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.TableUsers.User;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exceptions that were written and read, as by a tool that starts the application from another process, still tell all. */
class SentExceptionTests {

    private static final List<Migration> MIGRATIONS = List.of(Migration.ofScript(1, 1));

    private static <T> T sent(T exception) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T read = (T) in.readObject();
            return read;
        }
    }

    @Test
    void whatIsMissingAndDifferent() throws Exception {
        Differences differences = new Differences(List.of("table nsqite_topic"), List.of("view nsqite_dead_letter"));
        InvalidSchemaException read = sent(new InvalidSchemaException(TablePrefix.DEFAULT, MIGRATIONS, 1, differences));
        assertThat(read.missing()).isEqualTo(differences.missing());
        assertThat(read.changed()).isEqualTo(differences.changed());
        assertThat(read.description()).contains("table nsqite_topic");
    }

    @Test
    void whoStandsInTheWay() throws Exception {
        List<User> users = List.of(new User(7, "0.1.0"));
        SchemaUpgradeException read =
                sent(new SchemaUpgradeException(TablePrefix.DEFAULT, 1, MIGRATIONS.get(0), users));
        assertThat(read.users()).isEqualTo(users);
    }
}
