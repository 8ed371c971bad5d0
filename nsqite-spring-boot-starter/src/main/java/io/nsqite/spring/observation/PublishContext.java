package io.nsqite.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.nsqite.message.NewMessage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishing by one call. Its carrier are headers for the messages, which a tracer fills with what links handlers to the call. */
public class PublishContext extends SenderContext<Map<String, String>> {

    private final List<NewMessage> messages;
    private final boolean single;
    private List<Long> ids = List.of();

    private PublishContext(Collection<NewMessage> messages, boolean single) {
        super((carrier, key, value) -> carriedBy(carrier).put(key, value), Kind.PRODUCER);
        this.messages = List.copyOf(messages);
        this.single = single;
        setCarrier(new HashMap<>());
    }

    static PublishContext of(NewMessage message) {
        return new PublishContext(List.of(message), true);
    }

    static PublishContext of(Collection<NewMessage> messages) {
        return new PublishContext(messages, false);
    }

    /** What is published, without what the carrier adds. */
    public List<NewMessage> messages() {
        return messages;
    }

    /** Whether the call is for a single message, and not for a collection of them. */
    public boolean isSingle() {
        return single;
    }

    /** The ids of the messages, in their order; empty until they are published. */
    public List<Long> ids() {
        return ids;
    }

    void published(List<Long> newIds) {
        ids = newIds;
    }

    /** The messages with what the carrier adds; a header that the publisher has set stays as it is. */
    List<NewMessage> carrying() {
        return messages.stream().map(this::carrying).toList();
    }

    private NewMessage carrying(NewMessage message) {
        Map<String, String> more = new HashMap<>(carriedBy(getCarrier()));
        more.keySet().removeAll(message.headers().keySet());
        return more.isEmpty() ? message : message.withHeaders(more);
    }

    private static Map<String, String> carriedBy(@Nullable Map<String, String> carrier) {
        return carrier == null ? new HashMap<>() : carrier;
    }
}
