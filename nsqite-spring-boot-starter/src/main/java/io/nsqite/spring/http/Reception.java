package io.nsqite.spring.http;

import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Messages that somebody waits for.
 *
 * @param consumer what they are answered with
 * @param messages the messages, at some time
 */
record Reception(PullConsumer consumer, CompletableFuture<List<PulledMessage>> messages) {}
