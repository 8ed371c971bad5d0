package io.nsqite.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subscribers of a topic. Immutable: whoever joins or leaves makes another. */
final class Audience {

    private final Subscriber<?>[] subscribers;
    private final PublishResult complete;

    private Audience(List<Subscriber<?>> subscribers) {
        this.subscribers = subscribers.toArray(Subscriber<?>[]::new);
        this.complete = new PublishResult(subscribers.size(), 0, 0);
    }

    /** With one more; the first if there was none. */
    static Audience with(@Nullable Audience before, Subscriber<?> joining) {
        List<Subscriber<?>> all = before == null ? new ArrayList<>() : before.list();
        all.add(joining);
        return new Audience(all);
    }

    /** Without one; null if it was the last. */
    @Nullable
    Audience without(Subscriber<?> leaving) {
        List<Subscriber<?>> rest = list();
        rest.remove(leaving);
        return rest.isEmpty() ? null : new Audience(rest);
    }

    private List<Subscriber<?>> list() {
        return new ArrayList<>(List.of(subscribers));
    }

    /** Gives an event to all that have room, and to the others as they want it. */
    PublishResult publish(Object event, @Nullable Duration timeout) {
        for (Subscriber<?> subscriber : subscribers) {
            subscriber.check(event);
        }
        List<Subscriber<?>> rest = null;
        for (Subscriber<?> subscriber : subscribers) {
            if (subscriber.offer(event) != Reception.ACCEPTED) {
                rest = rest == null ? new ArrayList<>() : rest;
                rest.add(subscriber);
            }
        }
        return rest == null ? complete : publish(event, rest, Patience.of(timeout));
    }

    /** Whether a result tells of all of them, so that none had ended. */
    boolean isCovered(PublishResult result) {
        return result.accepted() + result.discarded() + result.timedOut() == subscribers.length;
    }

    private PublishResult publish(Object event, List<Subscriber<?>> rest, Patience patience) {
        int accepted = subscribers.length - rest.size();
        int discarded = 0;
        int timedOut = 0;
        for (Subscriber<?> subscriber : rest) {
            switch (subscriber.offerAgain(event, patience)) {
                case ACCEPTED -> accepted++;
                case TIMED_OUT -> timedOut++;
                case ENDED -> {} // it does not count as a subscriber any more
                default -> discarded++;
            }
        }
        return new PublishResult(accepted, discarded, timedOut);
    }
}
