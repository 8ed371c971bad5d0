package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class OwnerTests extends ProcessTest {

    @Test
    void aProgramThatOnlyPublishesIsRegisteredUntilItEnds() throws Exception {
        Child publisher = child("publisher", "serve=no");
        Connection connection = raw();
        assertThat(owners(connection)).hasSize(1);

        publisher.stop();

        assertThat(owners(connection)).isEmpty();
    }

    @Test
    void aKilledOneIsBuriedByAnother() throws Exception {
        Child publisher = child("publisher", "serve=no");
        Connection connection = raw();
        long killed = owners(connection).get(0);
        Nsqite nsqite = queue();
        publisher.kill();

        until(() -> !owners(connection).contains(killed));

        untilLogged("Owner " + killed + " is dead");
        assertThat(owners(connection)).hasSize(1);
        nsqite.close();
        assertThat(owners(connection)).isEmpty();
    }

    @Test
    void whatAKilledOneLeftIsServedByTheNextThatStarts() throws Exception {
        Child killed = child("killed");
        Connection connection = raw();
        until(() -> !servedBy(connection).isEmpty());
        long before = servedBy(connection).get(0);
        killed.kill();
        assertThat(servedBy(connection)).containsExactly(before);

        Child next = child("next");

        until(() -> !servedBy(connection).isEmpty() && servedBy(connection).get(0) != before);
        assertThat(owners(connection)).doesNotContain(before).hasSize(1);
        next.stop();
    }
}
