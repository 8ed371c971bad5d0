package io.nsqite.bus;

/** Makes what gives events to a handler. */
@FunctionalInterface
interface HandlingFactory<T> {

    Handling<T> create(Settling settling);
}
