package io.nsqite.producer;

import java.util.List;
import java.util.Set;

/**
 * What one call publishes.
 *
 * @param news gets the signals to give when it is committed
 */
record Publication(List<Outgoing> messages, Set<Runnable> news) {}
