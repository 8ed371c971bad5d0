package io.nsqite.behaviour;

import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches handlers: which runs there were of each key, and whether two of a key were side by side. */
final class KeyedRuns {

    private static final String NO_KEY = "";

    private final Map<String, List<String>> runs = new HashMap<>();
    private final Map<String, String> running = new HashMap<>();
    private final List<String> sideBySide = new ArrayList<>();

    /** The handler, watched. */
    MessageHandler watching(MessageHandler handler) {
        return delivery -> {
            String key = keyOf(delivery);
            String run = runOf(delivery);
            begin(key, run);
            try {
                handler.handle(delivery);
            } finally {
                end(key, run);
            }
        };
    }

    private static String keyOf(Delivery delivery) {
        String key = delivery.message().key();
        return key == null ? NO_KEY : key;
    }

    private synchronized void begin(String key, String run) {
        runs.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
        String other = running.put(key, run);
        if (other != null && !key.equals(NO_KEY)) {
            sideBySide.add(other + " | " + run);
        }
    }

    private synchronized void end(String key, String run) {
        running.remove(key, run);
    }

    /** The handler is about to answer, which ends the run though the handler has not returned. */
    void answering(Delivery delivery) {
        end(keyOf(delivery), runOf(delivery));
    }

    private static String runOf(Delivery delivery) {
        return BehaviourTest.text(delivery) + " " + delivery.attempt();
    }

    /** The runs of a key, as text and attempt, in the order in which they began. */
    synchronized List<String> of(String key) {
        return List.copyOf(runs.getOrDefault(key, List.of()));
    }

    synchronized List<String> ofNoKey() {
        return of(NO_KEY);
    }

    /** The messages of a key in the order of their runs, those that ran several times in a row only once. */
    synchronized List<String> messagesOf(String key) {
        List<String> messages = new ArrayList<>();
        for (String run : of(key)) {
            String text = run.substring(0, run.lastIndexOf(' '));
            if (messages.isEmpty() || !messages.get(messages.size() - 1).equals(text)) {
                messages.add(text);
            }
        }
        return messages;
    }

    synchronized int count() {
        return runs.values().stream().mapToInt(List::size).sum();
    }

    /** Pairs of runs of one key that were side by side. */
    synchronized List<String> sideBySide() {
        return List.copyOf(sideBySide);
    }
}
