package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.listener.UnknownListenerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains properties of listeners that don't exist. */
final class UnknownListenerFailureAnalyzer extends AbstractFailureAnalyzer<UnknownListenerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownListenerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct or remove the properties of %s. The id of a listener is <topic>.<channel> unless the annotation"
                                .formatted(cause.unknown())
                        + " gives one; with a dot it goes into brackets: nsqite.listeners[orders.mail].concurrency=4",
                cause);
    }
}
