package io.nsqite.producer;

import java.util.List;

/**
 * What one call publishes.
 *
 * @param news gets what is to be told when it is committed
 */
record Publication(List<Outgoing> messages, News news) {}
