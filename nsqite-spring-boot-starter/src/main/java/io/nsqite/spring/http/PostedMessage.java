package io.nsqite.spring.http;

import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import java.time.Duration;
import org.springframework.http.MediaType;

/** A message as a client posts it. */
final class PostedMessage {

    /** How many a request may bring. */
    static final int MOST = 1000;

    private static final int LONGEST_KEY = 255;
    private static final Fields.TextLimits HEADERS = new Fields.TextLimits(64, 128, 8192);

    private PostedMessage() {}

    /** Its payload is stored as JSON, so that listeners read it as they do what an application publishes. */
    static NewMessage of(String topic, Fields said) {
        NewMessage message = NewMessage.to(topic, said.requiredJson("message"))
                .withHeaders(said.texts("headers", HEADERS))
                .withHeader(Message.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        String key = said.text("key", LONGEST_KEY);
        Duration delay = said.duration("delay", DurationRange.DELAY);
        Integer priority = said.number("priority", 0, 9);
        String deduplicationKey = said.text("deduplication_key", LONGEST_KEY);
        said.end();
        NewMessage keyed = key == null ? message : message.withKey(key);
        NewMessage delayed = delay == null ? keyed : keyed.withDelay(delay);
        NewMessage ranked = priority == null ? delayed : delayed.withPriority(priority);
        return deduplicationKey == null ? ranked : ranked.withDeduplicationKey(deduplicationKey);
    }
}
