package io.nsqite.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.QueueFile;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.model.Story.End;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Lets everything come to an end, and compares the tables with what the handlers did. */
final class QuietPoint {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int ROUNDS = 50;

    private final QueueFile file;
    private final List<Behaviour> behaviours;
    private final Publications publications;

    QuietPoint(QueueFile file, List<Behaviour> behaviours, Publications publications) {
        this.file = file;
        this.behaviours = behaviours;
        this.publications = publications;
    }

    void check(QueueAdmin admin) throws SQLException {
        behaviours.forEach(behaviour -> behaviour.calm(true));
        behaviours.forEach(behaviour -> admin.resume(name(behaviour)));
        drain(admin);
        try {
            QueueFile.await(this::isNothingInHand);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Still in hand: " + inHand(), e);
        }
        drain(admin);
        behaviours.forEach(behaviour -> behaviour.ledger().checkQuiet(deadLetters(admin, behaviour)));
        assertThat(violations()).as("broken promises").isEmpty();
        checkTables();
        checkEffects();
        behaviours.forEach(behaviour -> behaviour.calm(false));
    }

    private static ChannelName name(Behaviour behaviour) {
        return new ChannelName(RandomRun.TOPIC, behaviour.ledger().kind().channel());
    }

    private List<String> violations() {
        return behaviours.stream()
                .flatMap(behaviour -> behaviour.ledger().violations().stream())
                .toList();
    }

    private boolean isNothingInHand() {
        return inHand().isEmpty();
    }

    private List<String> inHand() {
        return behaviours.stream()
                .flatMap(behaviour -> behaviour.ledger().stories().stream()
                        .filter(story -> story.inHand)
                        .map(story -> behaviour.ledger().kind() + ": " + story))
                .toList();
    }

    private void drain(QueueAdmin admin) throws SQLException {
        try {
            for (Behaviour behaviour : behaviours) {
                if (behaviour.ledger().kind().holdsBehindDead()) {
                    freeKeys(admin, behaviour);
                }
            }
            admin.awaitDrained(LIMIT);
        } catch (IllegalStateException notDrained) {
            throw new AssertionError(
                    "%s%nbroken promises: %s%ndeliveries: %s%ncursors: %s%ndone: %s"
                            .formatted(
                                    notDrained.getMessage(),
                                    violations(),
                                    file.rows(
                                            "SELECT c.name, d.* FROM nsqite_delivery d JOIN nsqite_channel c ON c.id = d.channel_id WHERE state <> 'dead'"),
                                    file.rows(
                                            "SELECT c.name, k.priority, k.done_to FROM nsqite_cursor k JOIN nsqite_channel c ON c.id = k.channel_id WHERE k.priority = 4"),
                                    file.rows(
                                            "SELECT c.name, message_id FROM nsqite_done d JOIN nsqite_channel c ON c.id = d.channel_id")),
                    notDrained);
        }
    }

    /** Dead letters that hold their keys are replayed until none is left that holds something. */
    private static void freeKeys(QueueAdmin admin, Behaviour behaviour) {
        for (int round = 0; round < ROUNDS; round++) {
            behaviour.ledger().forEach(story -> story.anew |= story.end == End.DEAD || story.losses > 0);
            admin.replayAll(DeadLetterQuery.of(name(behaviour)));
            try {
                admin.awaitDrained(name(behaviour), Duration.ofMillis(300));
                return;
            } catch (IllegalStateException heldOrBusy) {
                // once more
            }
        }
    }

    private static Map<Long, Integer> deadLetters(QueueAdmin admin, Behaviour behaviour) {
        return admin.deadLetters(DeadLetterQuery.of(name(behaviour)).withLimit(1000)).stream()
                .collect(Collectors.toMap(dead -> dead.message().id(), DeadLetter::attempts));
    }

    private void checkTables() throws SQLException {
        Map<Integer, Long> newest = new HashMap<>();
        publications.committed().forEach((id, sent) -> newest.merge(sent.priority(), id, Math::max));
        try {
            QueueFile.await(() -> leftovers(newest).isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("The tables hold what they should not: " + leftovers(newest), e);
        }
    }

    private List<String> leftovers(Map<Integer, Long> newest) throws SQLException {
        List<String> left = new ArrayList<>(file.rows("SELECT 'done', channel_id, message_id FROM nsqite_done"));
        left.addAll(file.rows(
                "SELECT 'delivery', channel_id, message_id, state FROM nsqite_delivery WHERE state <> 'dead'"));
        for (Map.Entry<Integer, Long> end : newest.entrySet()) {
            left.addAll(file.rows("SELECT 'cursor', channel_id, priority, done_to FROM nsqite_cursor"
                    + " WHERE priority = %d AND done_to < %d".formatted(end.getKey(), end.getValue())));
        }
        return left;
    }

    private void checkEffects() throws SQLException {
        List<String> expected = new ArrayList<>();
        for (Behaviour behaviour : behaviours) {
            for (Story story : behaviour.ledger().stories()) {
                if (story.commits > 0) {
                    expected.add("%s,%d,%d".formatted(behaviour.ledger().kind(), story.id, story.commits));
                }
            }
        }
        assertThat(file.rows("SELECT channel, message, count(*) FROM effect GROUP BY channel, message"))
                .as("rows of the business, against commits")
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
