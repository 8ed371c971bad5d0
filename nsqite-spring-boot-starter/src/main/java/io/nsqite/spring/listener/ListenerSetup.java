package io.nsqite.spring.listener;

import io.nsqite.spring.handler.ListenerHandlers;
import io.nsqite.spring.transaction.ListenerTransactions;

/**
 * What listeners are made with.
 *
 * @param handlers makes their handlers
 * @param transactions makes transactions around them
 * @param failureHandlers finds what judges their failures
 * @param configured what the properties say of them
 */
public record ListenerSetup(
        ListenerHandlers handlers,
        ListenerTransactions transactions,
        FailureHandlers failureHandlers,
        ConfiguredListeners configured) {}
