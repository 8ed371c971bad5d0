package io.nsqite.spring.bus;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the properties say of subscribers.
 *
 * @param defaults for all of them: {@code nsqite.bus.subscriber.*}
 * @param byId for single ones: {@code nsqite.bus.subscribers[<topic>.<channel>].*}
 */
public record ConfiguredSubscribers(SubscriberSettings defaults, Map<String, SubscriberSettings> byId) {

    /** The settings of a subscriber: by id, else as annotated, else for all. */
    SubscriberSettings settings(String id, SubscriberSettings annotated) {
        return byId.getOrDefault(id, SubscriberSettings.NONE).orElse(annotated).orElse(defaults);
    }

    /** @throws UnknownSubscriberException if there are properties for ids that are not among these */
    void checkIds(Collection<String> known) {
        TreeSet<String> unknown = new TreeSet<>(byId.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new UnknownSubscriberException(unknown, new TreeSet<>(known));
        }
    }
}
