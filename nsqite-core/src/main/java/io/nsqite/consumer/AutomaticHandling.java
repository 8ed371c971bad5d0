package io.nsqite.consumer;

import java.util.List;

/** The handler's return acknowledges. */
final class AutomaticHandling extends Handling {

    AutomaticHandling(MessageHandler handler, Answers answers, Engine engine) {
        super(handler, answers, engine);
    }

    @Override
    void handle(List<Handout> handouts) {
        try {
            intercepted(handouts, () -> invoke(handouts));
        } catch (Throwable failure) { // an Error of one message must not end the consumer
            fail(handouts, failure);
            return;
        }
        if (handouts.get(0).isOfRun()) {
            answers().returnedOfRun(handouts.get(0));
        } else {
            answers().returned(handouts);
        }
    }

    @Override
    void endThoseBefore(List<Handout> handouts) {
        answers().returned(handouts);
    }
}
