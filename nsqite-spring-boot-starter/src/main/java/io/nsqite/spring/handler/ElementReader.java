package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;

/** Makes an element of a batch method's list. */
@FunctionalInterface
interface ElementReader {

    /** Makes it of a delivery, or throws what says why that can't be done. */
    Object read(Delivery delivery) throws Exception;
}
