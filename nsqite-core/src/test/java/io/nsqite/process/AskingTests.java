package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.Nsqite;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.pull.ChannelBusyException;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for messages is killed in the middle, and another process takes over. */
class AskingTests extends ProcessTest {

    private static final int MESSAGES = 1500;
    private static final int KILL_AT = 400;

    @ParameterizedTest
    @ValueSource(strings = {"pull", "read"})
    void whatAKilledProcessHadInHandComesAgainAndNothingIsLost(String command) throws Exception {
        Nsqite nsqite = queue();
        nsqite.consumers().unregister(nsqite.consume(TOPIC, CHANNEL, delivery -> {}), LIMIT); // the channel begins here
        List<Long> published = new ArrayList<>(publish(nsqite, MESSAGES));
        Child first = child("first", "serve=no");
        first.send(command);
        first.await("@serves");
        Child second = child("second", "serve=no");
        second.send(command);
        until(() -> handled().lines().size() > KILL_AT);
        assertRefused(nsqite, command);
        first.kill();
        published.addAll(publish(nsqite, 100));
        nsqite.admin().awaitDrained(NAME, LIMIT);

        assertThat(handled().times().keySet()).containsExactlyInAnyOrderElementsOf(published);
        assertThat(handled().idsBy("second")).doesNotHaveDuplicates();
        assertThat(handled().lines().size() - published.size()).isLessThanOrEqualTo(Asking.AT_ONCE);
        if (command.equals("read")) {
            assertThat(handled().idsBy("first")).isSorted();
            assertThat(handled().idsBy("second")).isSorted();
            assertThat(new LinkedHashSet<>(handled().ids())).containsExactlyElementsOf(published);
        }
        second.stop();
    }

    /** This process does not serve the channel. */
    private void assertRefused(Nsqite nsqite, String command) {
        if (command.equals("pull")) {
            try (PullConsumer mine = nsqite.pull(TOPIC, CHANNEL)) {
                assertThatThrownBy(() -> mine.receive(1, Duration.ZERO, Duration.ofMinutes(1)))
                        .isInstanceOf(ChannelBusyException.class);
            }
        } else {
            try (LogReader mine = nsqite.log(TOPIC, CHANNEL)) {
                assertThatThrownBy(() -> mine.fetch(1)).isInstanceOf(ChannelBusyException.class);
            }
        }
    }

    @Test
    void whatWasFetchedAndNotCommittedIsFetchedAgainAfterTheProcessEnded() throws Exception {
        Nsqite nsqite = queue();
        LogReader log = nsqite.log(TOPIC, CHANNEL);
        List<Long> ids = publish(nsqite, 10);
        log.commit(ids.get(3));
        assertThat(log.fetch(100)).hasSize(6);
        nsqite.close();
        LogReader again = queue().log(TOPIC, CHANNEL);
        assertThat(again.fetch(100)).extracting(message -> message.id()).containsExactlyElementsOf(ids.subList(4, 10));
    }

    @Test
    void aListenerTakesOverWhatAPullerLeft() throws Exception {
        Nsqite nsqite = queue();
        Child puller = child("puller", "serve=no");
        puller.send("pull");
        puller.await("@serves");
        List<Long> published = publish(nsqite, 300);
        until(() -> handled().lines().size() > 100);
        puller.kill();
        Handled handled = handled();
        nsqite.consume(
                TOPIC,
                CHANNEL,
                ConsumerOptions.defaults(),
                delivery -> handled.add("listener", delivery.message().id()));
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().times().keySet()).containsExactlyInAnyOrderElementsOf(published);
    }
}
