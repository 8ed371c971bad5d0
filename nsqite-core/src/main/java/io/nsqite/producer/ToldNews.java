package io.nsqite.producer;

import io.nsqite.store.NewRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As {@link News}, and listeners are told before. */
final class ToldNews extends News {

    private static final Logger log = LoggerFactory.getLogger(ToldNews.class);

    private final List<PublishListener> listeners;
    private final Map<String, List<Long>> idsByTopic = new LinkedHashMap<>();

    ToldNews(Announcements announcements) {
        super(announcements.signals());
        listeners = announcements.listeners();
    }

    @Override
    void clear() {
        super.clear();
        idsByTopic.clear();
    }

    @Override
    void stored(Outgoing message, NewRow row, long id) {
        super.stored(message, row, id);
        idsByTopic.computeIfAbsent(message.topic(), topic -> new ArrayList<>()).add(id);
    }

    @Override
    Set<Runnable> actions() {
        if (idsByTopic.isEmpty()) {
            return super.actions();
        }
        Set<Runnable> all = new LinkedHashSet<>();
        all.add(this::tell);
        all.addAll(super.actions());
        return all;
    }

    private void tell() {
        idsByTopic.forEach((topic, ids) -> listeners.forEach(listener -> tell(listener, topic, ids)));
    }

    private static void tell(PublishListener listener, String topic, List<Long> ids) {
        try {
            listener.published(topic, List.copyOf(ids));
        } catch (Throwable failure) { // it is the application's, and what it was told of is committed
            log.warn("Topic {}: the listener {} failed, which changes nothing", topic, listener, failure);
        }
    }
}
