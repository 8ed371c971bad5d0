package io.nsqite.bus;

import io.nsqite.wakeup.Timer;
import java.util.concurrent.ThreadFactory;

/** What the subscriptions of a bus share. */
record Engine(ThreadFactory threads, Timer timer) {}
