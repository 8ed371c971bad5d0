package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TakeoverTests extends ProcessTest {

    private static final int MAX_IN_HAND = 512 + 1;

    @Test
    void oneServesWhileTheOtherStandsByAndTakesOverWhenTheFirstIsKilledOrStops() throws Exception {
        Nsqite nsqite = queue();
        Child first = serving("first");
        Child second = standingBy("second");

        Set<Long> published = new HashSet<>(publish(nsqite, 200));
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().idsBy("first")).containsExactlyInAnyOrderElementsOf(published);

        published.addAll(publish(nsqite, 5000));
        until(() -> handled().lines().size() > 1000);
        first.kill();
        published.addAll(publish(nsqite, 200));
        nsqite.admin().awaitDrained(NAME, LIMIT);
        List<Long> bySecond = handled().idsBy("second");
        assertThat(handled().times().keySet()).isEqualTo(published);
        assertThat(handled().lines().size() - published.size()).isLessThanOrEqualTo(MAX_IN_HAND);
        assertThat(bySecond).doesNotHaveDuplicates();

        Child third = standingBy("third");
        second.stop();
        List<Long> afterStop = publish(nsqite, 200);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().idsBy("third")).containsExactlyElementsOf(afterStop);
        assertThat(handled().idsBy("second")).isEqualTo(bySecond);
        third.stop();
    }

    @Test
    void aStopInOrderHandsTheChannelOverWithoutADeathToBeNoticed() throws Exception {
        Nsqite nsqite = queue();
        Child first = serving("first");
        Child second = standingBy("second");
        List<Long> published = publish(nsqite, 2000);
        until(() -> handled().lines().size() > 500);

        first.stop();
        nsqite.admin().awaitDrained(NAME, LIMIT);

        assertThat(handled().ids()).containsExactlyInAnyOrderElementsOf(published);
        second.stop();
        assertThat(second.count("is dead")).isZero();
        assertThat(second.count("an earlier owner ended without order")).isZero();
    }

    private Child serving(String name) throws Exception {
        Connection connection = raw();
        Child child = child(name);
        until(() -> !servedBy(connection).isEmpty());
        return child;
    }

    private Child standingBy(String name) throws Exception {
        Child child = child(name);
        child.await("this one stands by");
        return child;
    }
}
