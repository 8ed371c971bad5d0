package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideFileTests extends ProcessTest {

    private Path sideFile() {
        return folder.resolve("app.db-nsqite");
    }

    private static List<Long> owners(Connection connection, String condition) {
        return longs(connection, "SELECT id FROM nsqite_owner WHERE " + condition);
    }

    private static long sideFiles(Connection connection) {
        return longs(connection, "SELECT count(DISTINCT side_file_id) FROM nsqite_owner")
                .get(0);
    }

    @Test
    void aDeletedOneIsCreatedAgainAndStillShowsWhoLives() throws Exception {
        Child child = child("child");
        Connection connection = raw();
        until(() -> !servedBy(connection).isEmpty());
        Nsqite nsqite = queue();
        nsqite.consume(
                TOPIC,
                CHANNEL,
                delivery -> handled().add("here", delivery.message().id()));
        List<Long> owners = owners(connection);
        List<Long> before = owners(connection, "1");
        execute(connection, "CREATE TABLE old AS SELECT side_file_id FROM nsqite_owner LIMIT 1");

        Files.delete(sideFile());

        until(() -> Files.exists(sideFile()));
        until(() -> owners(connection, "side_file_id = (SELECT side_file_id FROM old)")
                .isEmpty());
        until(() -> sideFiles(connection) == 1);
        untilSomebodyLookedAround(connection);
        assertThat(owners(connection)).isEqualTo(before).isEqualTo(owners);
        child.kill();
        List<Long> published = publish(nsqite, 10);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().idsBy("here")).isEqualTo(published);
    }

    @Test
    void oneThatIsNotTheOwnersOwnDoesNotMakeItLookDead() throws Exception {
        Child suspended = child("suspended");
        Connection connection = raw();
        until(() -> !servedBy(connection).isEmpty());
        long owner = servedBy(connection).get(0);
        queue();
        suspended.suspend();

        Files.delete(sideFile());
        until(() -> sideFiles(connection) == 2); // ours and the one that it still believes in
        untilSomebodyLookedAround(connection);
        untilSomebodyLookedAround(connection);

        assertThat(owners(connection)).contains(owner);
        assertThat(servedBy(connection)).containsExactly(owner);
        suspended.resume();
        until(() -> sideFiles(connection) == 1);
        assertThat(owners(connection)).contains(owner);
        suspended.kill();
        until(() -> servedBy(connection).isEmpty());
        assertThat(owners(connection)).doesNotContain(owner);
    }
}
