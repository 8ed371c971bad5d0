package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelName;
import java.util.List;

/** What comes after the name of the endpoint. */
final class Path {

    private static final String CHANNELS = "channels";
    private static final String MESSAGES = "messages";
    private static final String DEAD_LETTERS = "dead-letters";

    private final List<String> segments;

    Path(String... segments) {
        this.segments = List.of(segments);
    }

    private boolean leads(String where, int length) {
        return segments.size() == length && segments.get(0).equals(where);
    }

    boolean leadsToChannel() {
        return leads(CHANNELS, 3);
    }

    boolean leadsToMessage() {
        return leads(MESSAGES, 2);
    }

    boolean leadsToDeadLetters() {
        return leads(DEAD_LETTERS, 1);
    }

    boolean leadsToDeadLettersOfChannel() {
        return leads(DEAD_LETTERS, 3);
    }

    boolean leadsToDeadLetter() {
        return leads(DEAD_LETTERS, 4);
    }

    ChannelName channel() {
        return new ChannelName(segments.get(1), segments.get(2));
    }

    long messageId() {
        return Arguments.messageId("id", segments.get(segments.size() - 1));
    }

    RequestRefusedException leadsNowhere(String method) {
        return RequestRefusedException.notFound(
                "There is nothing for %s at '%s'; there are channels/{topic}/{channel}, messages/{id}, dead-letters, dead-letters/{topic}/{channel} and dead-letters/{topic}/{channel}/{id}"
                        .formatted(method, String.join("/", segments)));
    }
}
