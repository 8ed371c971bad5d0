package io.nsqite.spring.listener;

import io.nsqite.error.SetupException;
import java.util.List;
import java.util.SortedSet;

/** Properties speak of listeners that don't exist; ends the start of the application. */
public final class UnknownListenerException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final List<String> unknown;
    private final List<String> known;

    UnknownListenerException(SortedSet<String> unknown, SortedSet<String> known) {
        super(
                "There are properties nsqite.listeners[<id>].* for the ids %s, but only these listeners exist: %s."
                        .formatted(unknown, known),
                ("Correct or remove the properties of %s. The id of a listener is <topic>.<channel> unless the annotation gives one;"
                                + " with a dot it goes into brackets: nsqite.listeners[orders.mail].concurrency=4")
                        .formatted(unknown));
        this.unknown = List.copyOf(unknown);
        this.known = List.copyOf(known);
    }

    /** The ids in the properties that no listener has. */
    public List<String> unknown() {
        return unknown;
    }

    /** The ids that listeners have. */
    public List<String> known() {
        return known;
    }
}
