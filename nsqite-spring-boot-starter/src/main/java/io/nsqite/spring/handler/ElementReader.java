package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;

/** Makes what a listener method takes: an argument, or an element of a batch method's list. */
@FunctionalInterface
interface ElementReader {

    /** Makes it of a delivery, or throws what says why that can't be done. */
    Object read(Delivery delivery) throws Exception;
}
