package io.nsqite.consumer;

import java.util.List;
import java.util.Optional;

/** The handler's return acknowledges. */
final class AutomaticHandling extends Handling {

    AutomaticHandling(MessageHandler handler, Answers answers) {
        super(handler, answers);
    }

    @Override
    void handle(List<Handout> handouts) {
        try {
            invoke(handouts);
        } catch (Throwable failure) { // an Error of one message must not end the consumer
            Optional<FailedElement> named = failedElement(handouts, failure);
            named.ifPresent(element -> answers().returned(handouts.subList(0, element.index())));
            fail(handouts, failure);
            return;
        }
        if (handouts.get(0).isOfRun()) {
            answers().returnedOfRun(handouts.get(0));
        } else {
            answers().returned(handouts);
        }
    }
}
