package io.nsqite.benchmarks.bus;

import java.util.concurrent.atomic.LongAdder;

/** Passes events to subscribers that count them. */
interface Transport {

    /** Passes one, and waits while there is no room. */
    void publish(Event event);

    /** Waits until all are handled, and ends. */
    void end() throws Exception;

    /** Makes one. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes one for a shape.
         *
         * @param handled is told of every event that a subscriber has got
         */
        Transport open(Shape shape, LongAdder handled);
    }
}
