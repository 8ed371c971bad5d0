package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.OffsetStore.Beginning;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How a channel becomes a log, as any store does it. */
abstract class OffsetStoreTests extends OffsetPositionStoreTests {

    private static final int MESSAGES = 60;
    private static final int HIGH = 9;
    private static final int MANY = 1000;
    private static final int FEW = 4;

    /** The first message that is not done, with many behind it that are, or have rows. */
    private static final long FIRST_OPEN = 12;

    /** Every second message behind the first open one is done, most others wait in some way; beside them some of a high priority. */
    private Claim usedByAListener(String channel) throws SQLException {
        Claim claim = take(create("topic", channel, Start.EARLIEST)).claim();
        List<DeliveryRow> rows = LongStream.rangeClosed(FIRST_OPEN, MESSAGES)
                .filter(id -> id % 2 == 0)
                .mapToObj(id -> row(id, state(id)))
                .toList();
        List<Long> done = LongStream.rangeClosed(FIRST_OPEN, MESSAGES + FEW)
                .filter(id -> id % 2 != 0 || id > MESSAGES)
                .boxed()
                .toList();
        settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, FIRST_OPEN - 1)), done, rows));
        return claim;
    }

    private static DeliveryState state(long id) {
        DeliveryState[] states = DeliveryState.values();
        return states[(int) (id / 2 % states.length)];
    }

    private static boolean isDead(long id) {
        return state(id) == DeliveryState.DEAD;
    }

    private static DeliveryRow row(long id, DeliveryState state) {
        boolean hasTime = state == DeliveryState.DUE || state == DeliveryState.SCHEDULED;
        return new DeliveryRow(id, PRIORITY, state, hasTime ? 1L : null, 1, null, FAILURE);
    }

    private void publishAll() throws SQLException {
        appendMany(MESSAGES);
        for (int i = 0; i < FEW; i++) {
            append("topic", HIGH);
        }
        append("topic");
    }

    /** What a listener would still handle. */
    private Set<Long> open(Claim claim) throws SQLException {
        ChannelContents contents = load(claim);
        Set<Long> settled = new TreeSet<>();
        contents.done().forEach(mark -> settled.add(mark.messageId()));
        Set<Long> open = new TreeSet<>();
        contents.passedByRow().forEach(mark -> (isDead(mark.messageId()) ? settled : open).add(mark.messageId()));
        for (long id = 1; id <= store.messages().newestId(transaction); id++) {
            int priority = id > MESSAGES && id <= MESSAGES + FEW ? HIGH : PRIORITY;
            if (id > contents.cursors()[priority]) {
                open.add(id);
            }
        }
        open.removeAll(settled);
        return open;
    }

    private Beginning begin(Claim claim, int maxRows) throws SQLException {
        return store.offsets().begin(transaction, claim, maxRows);
    }

    @Test
    void itBeginsWithTheOldestMessageThatIsNotDoneAndNothingButDeadLettersHasARow() throws Exception {
        publishAll();
        Claim claim = usedByAListener("channel");
        Beginning beginning = begin(claim, MANY);
        assertThat(beginning.isComplete()).isTrue();
        assertThat(beginning.offset().doneTo()).isEqualTo(FIRST_OPEN - 1);
        ChannelContents contents = load(claim);
        assertThat(contents.cursors()).containsOnly(FIRST_OPEN - 1);
        assertThat(contents.done()).isEmpty();
        assertThat(contents.running()).isEmpty();
        assertThat(contents.passedByRow()).isNotEmpty().allMatch(mark -> isDead(mark.messageId()));
    }

    @Test
    void inSmallStepsItComesToTheSameAndAfterEachNothingIsLost() throws Exception {
        publishAll();
        Claim atOnce = usedByAListener("at-once");
        begin(atOnce, MANY);
        Claim claim = usedByAListener("in-steps");
        Set<Long> wanted = open(claim);
        int steps = 1;
        Beginning step = begin(claim, FEW);
        while (!step.isComplete()) {
            assertThat(open(claim)).as("after step %d", steps).containsAll(wanted);
            step = begin(claim, FEW);
            steps++;
        }
        assertThat(steps).isBetween(MESSAGES / 4 / FEW, MESSAGES);
        assertThat(step.offset().doneTo()).isEqualTo(FIRST_OPEN - 1);
        assertThat(load(claim))
                .usingRecursiveComparison()
                .ignoringFields("changes")
                .isEqualTo(load(atOnce));
        assertThat(begin(claim, FEW)).isEqualTo(step);
    }

    @Test
    void whoDoesNotServeTheChannelBeginsNothing() throws Exception {
        publishAll();
        Claim claim = usedByAListener("channel");
        ChannelContents before = load(claim);
        store.channels().release(transaction, claim, 0);
        Beginning lost = begin(claim, MANY);
        assertThat(lost.isComplete()).isFalse();
        assertThat(lost.offset().isLost()).isTrue();
        assertThat(load(claim)).usingRecursiveComparison().isEqualTo(before);
    }

    /** Else retention would keep their messages for ever. */
    @Test
    void marksThatAllCursorsHavePassedGoAsWell() throws Exception {
        publishAll();
        Claim claim = take(create("topic", "channel", Start.EARLIEST)).claim();
        List<Long> high =
                LongStream.rangeClosed(MESSAGES + 1, MESSAGES + FEW).boxed().toList();
        settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, MESSAGES + FEW + 1)), high, List.of()));
        int steps = 1;
        while (!begin(claim, 1).isComplete()) {
            steps++;
        }
        assertThat(steps).isEqualTo(FEW + 1);
        assertThat(doneMarks()).isZero();
        assertThat(store.offsets().offset(transaction, claim).doneTo()).isEqualTo(MESSAGES + FEW + 1);
    }

    /** How many marks there are in all. */
    abstract long doneMarks() throws SQLException;
}
