package io.nsqite.spring.bus;

import io.nsqite.error.SetupException;
import java.util.SortedSet;

/** Properties speak of subscribers that don't exist; ends the start of the application. */
public final class UnknownSubscriberException extends SetupException {

    private static final long serialVersionUID = 1L;

    UnknownSubscriberException(SortedSet<String> unknown, SortedSet<String> known) {
        super(
                "There are properties nsqite.bus.subscribers[<topic>.<channel>].* for %s, but only these subscribers exist: %s."
                        .formatted(unknown, known),
                "Correct or remove them; the id goes into brackets: nsqite.bus.subscribers[prices.chart].concurrency=4");
    }
}
