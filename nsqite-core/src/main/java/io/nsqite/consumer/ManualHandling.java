package io.nsqite.consumer;

import java.util.List;

/** Answers acknowledge, then or later; what the handler throws concerns what has no answer by then. */
final class ManualHandling extends Handling {

    ManualHandling(MessageHandler handler, Answers answers, Engine engine) {
        super(handler, answers, engine);
    }

    @Override
    void handle(List<Handout> handouts) {
        try {
            intercepted(handouts, () -> invoke(handouts));
        } catch (Throwable failure) { // an Error of one message must not end the consumer
            fail(handouts, failure);
        }
    }

    @Override
    void endThoseBefore(List<Handout> handouts) {
        // whoever the handler has passed them to answers, or their leases end
    }
}
