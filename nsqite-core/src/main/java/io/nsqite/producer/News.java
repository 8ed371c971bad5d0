package io.nsqite.producer;

import io.nsqite.message.Message;
import io.nsqite.store.NewRow;
import io.nsqite.wakeup.TopicSignals;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is to be done when what one call publishes is committed: readers of its topics are woken. For one thread at a time. */
class News {

    private final TopicSignals signals;
    private final Set<Runnable> actions = new LinkedHashSet<>();

    News(TopicSignals signals) {
        this.signals = signals;
    }

    /** Nothing is published yet; also when what was, together with others' work, was rolled back and is done again. */
    void clear() {
        actions.clear();
    }

    /** This was stored, and is no duplicate: those wake nobody. */
    void stored(Outgoing message, NewRow row, long id) {
        actions.add(
                row.priority() == Message.DEFAULT_PRIORITY
                        ? signals.of(row.topicId())
                        : signals.withPriority(row.topicId()));
    }

    /** What to do after the commit, each once for a transaction however often it was asked for. */
    Set<Runnable> actions() {
        return actions;
    }
}
