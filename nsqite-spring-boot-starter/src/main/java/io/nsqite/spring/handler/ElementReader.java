package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;

/** Makes an element of a batch method's list. */
@FunctionalInterface
interface ElementReader {

    /** @throws Exception if it can't be made of this delivery */
    Object read(Delivery delivery) throws Exception;
}
