package io.nsqite.spring.listener;

import io.nsqite.consumer.Consumer;

/** A listener and what consumes for it. */
record RegisteredListener(Listener listener, Consumer consumer) {}
