package io.nsqite.consumer;

import io.nsqite.database.Reader;
import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Logged;
import io.nsqite.store.Mark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the messages that may have been in hand when an earlier owner ended without order: those whose attempt is recorded,
 * and as many as it may have had in hand, the first that are unsettled: of each priority, or, where the order of keys is
 * kept, of each key. Runs without the monitor.
 */
final class SuspectSearch {

    private static final Comparator<DeliveryRow> FEWEST_ATTEMPTS =
            Comparator.comparingInt(DeliveryRow::attempts).thenComparingLong(DeliveryRow::messageId);

    private final Taken taken;
    private final ChannelContents contents;
    private final Lanes lanes;
    private final Turns turns;
    private final Set<Long> settled = new HashSet<>();
    private final Set<String> keys = new HashSet<>();

    /** @param lanes where reading begins; they are not changed */
    SuspectSearch(Taken taken, ChannelContents contents, Lanes lanes, Turns turns) {
        this.taken = taken;
        this.contents = contents;
        this.lanes = lanes;
        this.turns = turns;
        contents.done().stream().map(Mark::messageId).forEach(settled::add);
        contents.passedByRow().stream().map(Mark::messageId).forEach(settled::add);
    }

    /** The same after an operator has changed the channel. */
    SuspectSearch anew(Claim claim, ChannelContents changed) {
        return new SuspectSearch(new Taken(claim, taken.unclean(), taken.inHand()), changed, lanes, turns);
    }

    /** What it is about. */
    Claim claim() {
        return taken.claim();
    }

    /** Whether there can be any. */
    boolean isNeeded() {
        return taken.unclean() || !contents.running().isEmpty();
    }

    List<DeliveryRow> find(LogReading reading, Reader reader) throws SQLException {
        List<DeliveryRow> found = new ArrayList<>(contents.running());
        keys.clear(); // the last time may have failed
        found.stream().map(DeliveryRow::key).forEach(keys::add);
        if (taken.unclean()) {
            for (Lane lane : lanes.all()) {
                found.addAll(firstUnsettled(lane, reading, reader));
            }
        }
        found.sort(FEWEST_ATTEMPTS);
        return found;
    }

    private List<DeliveryRow> firstUnsettled(Lane lane, LogReading reading, Reader reader) throws SQLException {
        List<DeliveryRow> unsettled = new ArrayList<>();
        long position = lane.position();
        boolean atEnd = false;
        while (!atEnd && unsettled.size() < taken.inHand()) {
            LogReading.Step step = reading.read(taken.claim(), lane.reads(), position);
            List<Logged> candidates =
                    step.messages().stream().filter(this::isUnsettled).toList();
            firstOfTheirKeys(candidates, step.now(), reader).stream()
                    .limit(taken.inHand() - unsettled.size())
                    .map(SuspectSearch::neverAttempted)
                    .forEach(unsettled::add);
            position = step.readUpTo();
            atEnd = step.atEnd();
        }
        return unsettled;
    }

    private boolean isUnsettled(Logged logged) {
        Message message = logged.message();
        return message.id() > contents.cursors()[message.priority()] && !settled.contains(message.id());
    }

    private static boolean isDue(Logged logged, long now) {
        return logged.deliverAt() <= now;
    }

    /** Those whose time has come; where keys matter, of each key the first, unless one before it waits for its time. */
    private List<Message> firstOfTheirKeys(List<Logged> candidates, long now, Reader reader) throws SQLException {
        if (!turns.keepOrder()) {
            return candidates.stream()
                    .filter(logged -> isDue(logged, now))
                    .map(Logged::message)
                    .toList();
        }
        List<Message> firsts = new ArrayList<>();
        Set<String> asked = new LinkedHashSet<>();
        for (Logged logged : candidates) {
            Message message = logged.message();
            boolean isFirst = message.key() == null || keys.add(message.key());
            if (isFirst && isDue(logged, now)) {
                firsts.add(message);
                Optional.ofNullable(message.key()).ifPresent(asked::add);
            }
        }
        Claim claim = taken.claim();
        Map<String, Optional<DeliveryRow>> rows = reader.read(
                        connection -> turns.look(connection, claim, List.of(), List.copyOf(asked)))
                .firsts();
        firsts.removeIf(message -> isBehindRow(message, rows));
        return firsts;
    }

    private static boolean isBehindRow(Message message, Map<String, Optional<DeliveryRow>> rows) {
        String key = message.key();
        return key != null
                && rows.getOrDefault(key, Optional.empty())
                        .filter(row -> row.messageId() < message.id())
                        .isPresent();
    }

    private static DeliveryRow neverAttempted(Message message) {
        return new DeliveryRow(message.id(), message.priority(), DeliveryState.RUNNING, null, 0, message.key(), null);
    }
}
