package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Readings beside moves, which threads that share a reader make at any time. */
class LogPositionTests {

    private final LogPosition position = new LogPosition(50, 50);

    private static List<Message> messages(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(id ->
                        new Message(id, "orders", null, Map.of(), new byte[0], Instant.EPOCH, Message.DEFAULT_PRIORITY))
                .toList();
    }

    @Test
    void aReadingDuringWhichTheLogIsMovedBackIsReadAgain() {
        LogPosition.Reading reading = position.begin();
        position.found(10);
        assertThat(position.isDoubtful(reading)).isTrue();
        assertThat(position.isCommittable(60)).isFalse();

        LogPosition.Reading again = position.begin();
        assertThat(again.after()).isEqualTo(10);
        assertThat(position.isDoubtful(again)).isFalse();
        position.receive(messages(11, 20));
        assertThat(position.isCommittable(20)).isTrue();
        assertThat(position.isCommittable(21)).isFalse();
    }

    @Test
    void aReadingBesideACommitOrAMoveForwardCounts() {
        LogPosition.Reading reading = position.begin();
        position.found(55);
        position.found(70);
        assertThat(position.isDoubtful(reading)).isFalse();
        assertThat(position.isCommittable(60)).isTrue();
    }

    @Test
    void whatWasMovedBackAndForthIsReadAgainToo() {
        LogPosition.Reading reading = position.begin();
        position.found(10);
        position.found(50);
        assertThat(position.isDoubtful(reading)).isTrue();
        assertThat(position.isCommittable(50)).isTrue();
        assertThat(position.isCommittable(51)).isFalse();
    }

    @Test
    void withoutAMoveBackWhatNobodyHasReadHereCanBeCommitted() {
        assertThat(position.isCommittable(1_000)).as("as of an earlier process").isTrue();
    }
}
