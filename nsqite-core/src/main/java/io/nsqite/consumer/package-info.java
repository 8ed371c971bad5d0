/** Consuming: subscriptions, handlers, and the engine that serves a channel. */
@NullMarked
package io.nsqite.consumer;

import org.jspecify.annotations.NullMarked;
