package io.nsqite.model;

import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.message.Message;
import io.nsqite.model.Story.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a channel has done, and what of it breaks a promise. Safe for use by many threads. */
final class ChannelLedger {

    /** Due times are whole milliseconds. */
    private static final long TOLERANCE_NANOS = 2_000_000;

    private static final Logger log = LoggerFactory.getLogger(ChannelLedger.class);

    private final Kind kind;
    private final Map<Long, Story> stories = new TreeMap<>();
    private final Map<String, Long> keysInHand = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long steps;

    ChannelLedger(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    synchronized void violated(String what) {
        log.warn("{}: {}", kind, what);
        violations.add(kind + ": " + what);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized Collection<Story> stories() {
        return List.copyOf(stories.values());
    }

    private Story story(Message message) {
        return stories.computeIfAbsent(message.id(), id -> new Story(id, message.key()));
    }

    synchronized Story published(long id, @Nullable String key) {
        return stories.computeIfAbsent(id, any -> new Story(id, key));
    }

    /** A handler begins. */
    synchronized void begun(Delivery delivery, long notBefore, Worker worker) {
        Story story = story(delivery.message());
        log.debug("begins, {}: {} {}", worker.isOutdated(kind.channel()) ? "outdated" : "valid", delivery, story);
        long now = System.nanoTime();
        if (now + TOLERANCE_NANOS < notBefore) {
            violated("%d us before its time: %s".formatted((notBefore - now) / 1000, story));
        }
        if (delivery.lastAttempt() != (delivery.attempt() == Kind.MAX_ATTEMPTS)
                || delivery.attempt() > Kind.MAX_ATTEMPTS) {
            violated("attempt %d, last %b: %s".formatted(delivery.attempt(), delivery.lastAttempt(), story));
        }
        if (worker.isOutdated(kind.channel())) {
            return;
        }
        checkBegin(story, delivery.attempt(), now);
        steps++;
        if (story.firstBegin == 0) {
            story.firstBegin = steps;
        }
        story.inHand = true;
        story.attempt = delivery.attempt();
        story.end = End.NONE;
        story.losses = 0;
        story.mayHaveEnded = false;
        story.notBefore = Long.MIN_VALUE;
        if (story.key != null && kind.isOrdered()) {
            Long other = keysInHand.put(story.key, story.id);
            if (other != null) {
                violated("key in hand twice, as message %d and %s".formatted(other, story));
            }
        }
    }

    private void checkBegin(Story story, int attempt, long now) {
        if (story.inHand) {
            violated("in hand twice, attempt %d: %s".formatted(attempt, story));
        } else if (!isExpected(story, attempt)) {
            violated("attempt %d is not expected: %s".formatted(attempt, story));
        } else if (now + TOLERANCE_NANOS < story.notBefore && story.losses == 0 && !story.anew) {
            violated("attempt %d comes %d us early: %s".formatted(attempt, (story.notBefore - now) / 1000, story));
        }
    }

    private static boolean isExpected(Story story, int attempt) {
        if (story.losses > 0) {
            return attempt <= story.attempt + 1 + story.losses;
        }
        if (story.anew && attempt == 1) {
            return true;
        }
        return switch (story.end) {
            case NONE -> attempt == 1;
            case FAILED -> attempt == story.attempt + 1;
            case PUT_BACK -> attempt == story.attempt;
            case SUCCEEDED, DEAD, DISCARDED -> false;
        };
    }

    /** A handler has ended; to be called before the queue is told. */
    synchronized void ended(Delivery delivery, End end, long notBefore, Worker worker) {
        Story story = story(delivery.message());
        log.debug("ends {}, {}: {}", end, worker.isOutdated(kind.channel()) ? "outdated" : "valid", delivery);
        End actual = end == End.FAILED && delivery.lastAttempt() ? End.DEAD : end;
        if (actual.isFinal() && !(actual == End.DEAD && kind.holdsBehindDead())) {
            endsFirst(story);
        }
        if (worker.isOutdated(kind.channel())) {
            story.losses = Math.max(1, story.losses); // whether it was accepted is not known
            story.mayHaveEnded |= actual.isFinal();
            story.owed &= !actual.isFinal();
            return;
        }
        release(story);
        story.end = actual;
        story.everDead |= actual == End.DEAD;
        story.owed &= !actual.isFinal();
        story.notBefore = notBefore;
    }

    private void endsFirst(Story story) {
        if (story.firstEnd == 0) {
            story.firstEnd = ++steps;
        }
    }

    /** A transaction is about to be committed. */
    synchronized void committing(Delivery delivery) {
        endsFirst(story(delivery.message()));
    }

    private void release(Story story) {
        story.inHand = false;
        if (story.key != null) {
            keysInHand.remove(story.key, story.id);
        }
    }

    /** The queue says that the channel was lost meanwhile. */
    synchronized void refused(Delivery delivery, DeliveryLostException refusal, Worker worker) {
        Story story = story(delivery.message());
        story.losses++;
        String reason = String.valueOf(refusal.getMessage());
        boolean isExpired = reason.contains("within its lease") || reason.contains("has expired");
        if (!isExpired && !worker.isOutdated(kind.channel())) {
            release(story);
            violated("told that the channel was lost, though it was not: " + story);
        }
    }

    /** A transaction was committed, whoever has the channel now. */
    synchronized void committed(Delivery delivery, Worker worker) {
        ended(delivery, End.SUCCEEDED, Long.MIN_VALUE, worker);
        Story story = story(delivery.message());
        if (story.inHand) {
            violated("committed by a process that had lost the channel to another, which handles it: " + story);
        }
        story.end = End.SUCCEEDED;
        story.losses = 0;
        story.owed = false;
        story.commits++;
    }

    /** The channel may have been lost, and answers with it. */
    synchronized void lost(Runnable noticed) {
        noticed.run();
        for (Story story : stories.values()) {
            release(story);
            boolean isSettled =
                    kind.acknowledgement() == Kind.Acknowledgement.COMMIT && story.end == End.SUCCEEDED && !story.anew;
            if (!isSettled && story.end != End.DISCARDED) {
                story.losses++;
            }
        }
        keysInHand.clear();
    }

    synchronized void forEach(Consumer<Story> change) {
        stories.values().forEach(change);
    }

    synchronized void change(long id, Consumer<Story> change) {
        Story story = stories.get(id);
        if (story != null) {
            change.accept(story);
        }
    }

    /** Everything is drained and nothing in hand. */
    synchronized void checkQuiet(Map<Long, Integer> deadLetters) {
        for (Story story : stories.values()) {
            check(story, deadLetters.get(story.id));
        }
        deadLetters.keySet().stream()
                .filter(id -> !stories.containsKey(id))
                .forEach(id -> violated("a dead letter of nobody: " + id));
        stories.values().forEach(story -> {
            story.losses = 0;
            story.anew = false;
            story.everDropped |= story.mayBeDropped;
            story.mayBeDropped = false;
        });
        if (kind.isOrdered()) {
            checkOrder();
        }
    }

    private void check(Story story, @Nullable Integer deadAfter) {
        if (story.inHand) {
            violated("drained, but " + story);
        } else if (deadAfter != null) {
            checkDead(story, deadAfter);
        } else if (story.mayBeDropped || (story.mayHaveEnded && story.losses > 0)) {
            boolean wasReplayedAndPurged = story.end == End.DEAD;
            story.end = story.end.isFinal() && !wasReplayedAndPurged ? story.end : End.DISCARDED;
            story.owed = false;
        } else if (story.owed) {
            violated("rewound, but it did not come again: " + story);
        } else if (!story.end.isFinal()) {
            violated("lost: " + story);
        } else if (story.end == End.DEAD) {
            violated("no dead letter: " + story);
        }
    }

    private void checkDead(Story story, int attempts) {
        boolean endedByLosses = story.losses > 0 && (story.mayHaveEnded || attempts == Kind.MAX_ATTEMPTS);
        if (story.end != End.DEAD && !endedByLosses) {
            violated("a dead letter: " + story);
        } else if (attempts != story.attempt && !endedByLosses) {
            violated("a dead letter after %d attempts: %s".formatted(attempts, story));
        }
        story.end = End.DEAD;
        story.attempt = attempts;
        story.everDead = true;
        story.owed = false;
    }

    private void checkOrder() {
        Map<String, Story> latest = new HashMap<>();
        for (Story story : stories.values()) {
            if (story.everDropped) {
                continue;
            }
            Story before = story.key == null ? null : latest.get(story.key);
            if (before != null && story.firstBegin > 0 && story.firstBegin < before.firstEnd) {
                violated("%s began at %d, before %s ended at %d"
                        .formatted(story, story.firstBegin, before, before.firstEnd));
            }
            if (story.key != null && story.firstEnd > 0) {
                latest.merge(story.key, story, (a, b) -> a.firstEnd > b.firstEnd ? a : b);
            }
        }
    }
}
