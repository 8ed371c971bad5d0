package io.nsqite.model;

import io.nsqite.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What was published, and what was rolled back. Safe for use by many threads. */
final class Publications {

    private final Map<Integer, Sent> byNumber = new ConcurrentHashMap<>();
    private final Set<Integer> rolledBack = ConcurrentHashMap.newKeySet();
    private final Map<Long, Sent> committed = new TreeMap<>();
    private final AtomicInteger number = new AtomicInteger();

    Sent prepare(@Nullable String key, int priority, Map<String, String> headers, long notBefore) {
        Sent sent = new Sent(number.incrementAndGet(), key, priority, headers, notBefore);
        byNumber.put(sent.number(), sent);
        return sent;
    }

    void rolledBack(Sent sent) {
        rolledBack.add(sent.number());
    }

    synchronized void committed(long id, Sent sent) {
        committed.put(id, sent);
    }

    synchronized Map<Long, Sent> committed() {
        return new TreeMap<>(committed);
    }

    /** What a message was when it was published. */
    Sent of(Message message) {
        return byNumber.get(number(message));
    }

    static int number(Message message) {
        return Integer.parseInt(new String(message.payload(), StandardCharsets.US_ASCII));
    }

    /** Without the one that the queue adds. */
    private static Map<String, String> ownHeaders(Message message) {
        Map<String, String> headers = new HashMap<>(message.headers());
        headers.remove(Message.CONTENT_TYPE);
        return headers;
    }

    /** What is wrong with a message that was handed out; null if nothing is. */
    @Nullable
    String fault(Message message) {
        Sent sent = of(message);
        if (rolledBack.contains(sent.number())) {
            return "rolled back, but handed out: message " + message.id();
        }
        boolean isTheSame = sent.priority() == message.priority()
                && Objects.equals(sent.key(), message.key())
                && sent.headers().equals(ownHeaders(message));
        return isTheSame ? null : "not as it was published: message " + message.id();
    }
}
