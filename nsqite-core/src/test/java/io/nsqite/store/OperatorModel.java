package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.OperatorStore.DeadKey;
import io.nsqite.store.OperatorStore.Purged;
import io.nsqite.store.Settlement.CursorMove;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What should be of each message of a channel, beside a store that an owner and an operator work on at random. */
final class OperatorModel {

    private static final int[] PRIORITIES = {4, 4, 4, 9, 0};
    private static final int STEP = 3;

    private enum Fate {
        WAITING,
        DONE,
        DUE,
        HELD,
        RUNNING,
        DEAD
    }

    private record Known(int priority, Fate fate) {}

    private final QueueStore store;
    private final Connection transaction;
    private final Random random;
    private final Map<Long, Known> messages = new TreeMap<>();
    private final long topicId;
    private final long otherTopicId;
    private Claim claim;

    OperatorModel(QueueStore store, Connection transaction, Claim claim, Random random) throws SQLException {
        this.store = store;
        this.transaction = transaction;
        this.claim = claim;
        this.random = random;
        topicId = claim.topicId();
        otherTopicId = store.topics().findOrCreate(transaction, "other");
    }

    void step() throws SQLException {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> append();
            case 4, 5, 6 -> become(Fate.DONE, Fate.WAITING);
            case 7 -> become(Fate.values()[2 + random.nextInt(4)], Fate.WAITING);
            case 8 -> become(Fate.DONE, Fate.RUNNING);
            case 9 -> moveCursors();
            case 10 -> rewind();
            case 11 -> purgeSometimes();
            case 12 -> replay();
            default -> discard();
        }
        check();
    }

    private void append() throws SQLException {
        boolean other = random.nextInt(4) == 0;
        int priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
        long id = store.messages()
                .append(
                        transaction,
                        new NewRow(other ? otherTopicId : topicId, priority, 1, null, Map.of(), new byte[0]));
        if (!other) {
            messages.put(id, new Known(priority, Fate.WAITING));
        }
    }

    private void set(long id, Fate fate) {
        messages.put(id, new Known(messages.get(id).priority(), fate));
    }

    private List<Long> those(Predicate<Fate> fates) {
        return messages.entrySet().stream()
                .filter(message -> fates.test(message.getValue().fate()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private long anyOf(List<Long> ids) {
        return ids.isEmpty() ? 0 : ids.get(random.nextInt(ids.size()));
    }

    /** The owner settles one, in or out of order. */
    private void become(Fate next, Fate now) throws SQLException {
        long id = anyOf(those(fate -> fate == now));
        if (id == 0) {
            return;
        }
        int priority = messages.get(id).priority();
        boolean isDone = next == Fate.DONE;
        boolean isAbove = id > contents().cursors()[priority];
        settle(new Settlement(
                List.of(),
                isDone && isAbove ? List.of(id) : List.of(),
                List.of(),
                isDone ? List.of() : List.of(row(id, priority, next)),
                now == Fate.RUNNING ? List.of(id) : List.of()));
        set(id, next);
    }

    private static DeliveryRow row(long id, int priority, Fate fate) {
        DeliveryState state = DeliveryState.valueOf(fate.name());
        Long dueAt = state == DeliveryState.DUE ? 1L : null;
        return new DeliveryRow(id, priority, state, dueAt, 3, null, new DeliveryRow.Failure("error", "stack", 7));
    }

    /** As far as nothing waits, with the done rows that are passed. */
    private void moveCursors() throws SQLException {
        ChannelContents contents = contents();
        List<CursorMove> moves = new ArrayList<>();
        List<Long> passed = new ArrayList<>();
        for (int priority = 0; priority < ChannelStore.PRIORITIES; priority++) {
            long from = contents.cursors()[priority];
            long to = Math.max(from, firstWaiting(priority) - 1);
            if (to > from) {
                moves.add(new CursorMove(priority, from, to));
            }
            for (Mark mark : contents.done()) {
                long id = mark.messageId();
                if (messages.get(id).priority() == priority && id <= to) {
                    passed.add(id);
                }
            }
        }
        settle(new Settlement(moves, List.of(), passed, List.of(), List.of()));
    }

    private long firstWaiting(int priority) throws SQLException {
        return messages.entrySet().stream()
                .filter(message -> message.getValue().equals(new Known(priority, Fate.WAITING)))
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(store.messages().newestId(transaction) + 1);
    }

    private void settle(Settlement settlement) throws SQLException {
        assertThat(store.channels().settle(transaction, claim, settlement)).isEqualTo(Fence.OURS);
    }

    private ChannelContents contents() throws SQLException {
        return store.channels().load(transaction, claim);
    }

    private void rewind() throws SQLException {
        long furthest = store.operator().reach(transaction, claim.channelId()).furthest();
        long position = (long) (random.nextDouble() * furthest);
        long reached = Long.MAX_VALUE;
        while (reached > position) {
            reached = store.operator().rewind(transaction, claim.channelId(), position, STEP);
            for (long id : those(fate -> fate != Fate.DEAD && fate != Fate.RUNNING)) {
                if (id > reached) {
                    set(id, Fate.WAITING);
                }
            }
            changed();
            check(); // every step leaves a valid state
        }
    }

    private void purgeSometimes() throws SQLException {
        if (random.nextInt(3) > 0) {
            return;
        }
        List<Long> dropped = those(fate -> fate != Fate.DEAD && fate != Fate.RUNNING && fate != Fate.DONE);
        long upTo = store.messages().newestId(transaction);
        long count = 0;
        Purged step;
        do {
            step = store.operator().purge(transaction, claim.channelId(), upTo, STEP);
            count += step.dropped();
            changed();
        } while (!step.isComplete());
        assertThat(count).isEqualTo(dropped.size());
        dropped.forEach(id -> set(id, Fate.DONE));
    }

    private void replay() throws SQLException {
        long id = anyOf(those(fate -> fate == Fate.DEAD));
        boolean isDead = id != 0;
        int replayed = store.operator().replay(transaction, List.of(key(isDead ? id : 1)));
        assertThat(replayed).isEqualTo(isDead ? 1 : 0);
        changed();
        if (isDead) {
            set(id, Fate.DUE);
        }
    }

    private void discard() throws SQLException {
        long id = anyOf(random.nextBoolean() ? those(fate -> fate == Fate.DEAD) : List.copyOf(messages.keySet()));
        boolean isDead = id != 0 && messages.get(id).fate() == Fate.DEAD;
        assertThat(store.operator().discard(transaction, key(id))).isEqualTo(isDead);
        if (isDead) {
            changed();
            set(id, Fate.DONE);
        }
    }

    private DeadKey key(long id) {
        return new DeadKey(claim.channelId(), claim.channel(), id);
    }

    /** The owner would have settled under a void claim; it takes notice. */
    private void changed() throws SQLException {
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.CHANGED);
        claim = claim.withChanges(contents().changes());
    }

    private static Set<Long> ids(List<Mark> marks) {
        return marks.stream().map(Mark::messageId).collect(Collectors.toSet());
    }

    private void check() throws SQLException {
        ChannelContents contents = contents();
        assertThat(contents.done()).filteredOn(contents.passedByRow()::contains).isEmpty();
        List<Long> waiting = messages.entrySet().stream()
                .filter(message ->
                        message.getKey() > contents.cursors()[message.getValue().priority()])
                .map(Map.Entry::getKey)
                .filter(id -> !ids(contents.done()).contains(id))
                .filter(id -> !ids(contents.passedByRow()).contains(id))
                .toList();
        assertThat(waiting).as("waiting").isEqualTo(those(fate -> fate == Fate.WAITING));
        assertThat(contents.running().stream().map(DeliveryRow::messageId).sorted())
                .as("running")
                .isEqualTo(those(fate -> fate == Fate.RUNNING));
        assertThat(store.channels().due(transaction, claim, new Clocks(1, 1), 100_000).stream()
                        .map(DeliveryRow::messageId)
                        .sorted())
                .as("due")
                .isEqualTo(those(fate -> fate == Fate.DUE));
        assertThat(store.operator().dead(transaction, DeadFilter.of(null, null), DeadPage.first(100_000)).stream()
                        .map(DeadKey::messageId))
                .as("dead")
                .isEqualTo(those(fate -> fate == Fate.DEAD));
        assertThat(store.status().channel(transaction, claim.topic(), claim.channel(), StatusStore.Counting.all(1)))
                .get()
                .satisfies(line -> assertThat(line.retrying() + line.held())
                        .as("due, held and running")
                        .isEqualTo(those(fate -> fate == Fate.DUE || fate == Fate.HELD || fate == Fate.RUNNING)
                                .size()));
    }
}
