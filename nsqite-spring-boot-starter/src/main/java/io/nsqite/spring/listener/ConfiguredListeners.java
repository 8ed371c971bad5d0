package io.nsqite.spring.listener;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the properties say of listeners.
 *
 * @param defaults for all of them: {@code nsqite.listener.*}
 * @param byId for single ones: {@code nsqite.listeners[<id>].*}
 */
public record ConfiguredListeners(ListenerSettings defaults, Map<String, ListenerSettings> byId) {

    /** The settings of a listener: by id, else as annotated, else for all. */
    ListenerSettings settings(String id, ListenerSettings annotated) {
        return own(id).orElse(annotated).orElse(defaults);
    }

    /** What is said of one listener alone. */
    ListenerSettings own(String id) {
        return byId.getOrDefault(id, ListenerSettings.NONE);
    }

    /** @throws UnknownListenerException if there are properties for ids that are not among these */
    void checkIds(Collection<String> known) {
        TreeSet<String> unknown = new TreeSet<>(byId.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new UnknownListenerException(unknown, new TreeSet<>(known));
        }
    }
}
