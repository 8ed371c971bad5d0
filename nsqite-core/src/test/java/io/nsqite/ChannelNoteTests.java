package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Channels that are created before anybody serves them, with what somebody keeps with them. */
class ChannelNoteTests extends OperatingTest {

    private static final ChannelName OTHER = new ChannelName("orders", "audit");

    @Test
    void theyAreCreatedTogetherAtTheBeginningAndLaterOnesAtTheEnd() {
        publishMany(2);
        assertThat(admin.create(Map.of(CHANNEL, "a", OTHER, "b"))).containsExactlyInAnyOrder(CHANNEL, OTHER);
        assertThat(admin.channels()).extracting(ChannelStatus::lag).containsExactly(2L, 2L);
        assertThat(admin.channels()).extracting(ChannelStatus::ownerId).containsOnlyNulls();
        ChannelName late = new ChannelName("orders", "late");
        assertThat(admin.create(Map.of(late, "c", CHANNEL, "d"))).containsExactly(late);
        assertThat(admin.channel(late, 10).orElseThrow().lag()).isZero();
        assertThat(admin.note(CHANNEL)).hasValue("d");
        assertThat(admin.note(OTHER)).hasValue("b");
    }

    @Test
    void aNoteGoesWithItsChannelAndOthersHaveNone() throws Exception {
        assertThat(admin.note(CHANNEL)).isEmpty();
        admin.create(Map.of(CHANNEL, "a"));
        admin.delete(CHANNEL);
        assertThat(admin.note(CHANNEL)).isEmpty();
        consume();
        assertThat(admin.note(CHANNEL)).isEmpty();
    }

    @Test
    void aConsumerDoesNotMindThatItsChannelGetsANote() throws Exception {
        consume();
        publishMany(1);
        assertThat(admin.create(Map.of(CHANNEL, "a"))).isEmpty();
        publishMany(1);
        drain();
        assertThat(handled).hasSize(2);
    }
}
