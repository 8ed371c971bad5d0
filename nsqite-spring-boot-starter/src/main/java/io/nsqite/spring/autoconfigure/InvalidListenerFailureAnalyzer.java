package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.InvalidListenerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a listener that can't work. */
final class InvalidListenerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidListenerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidListenerException cause) {
        String description = "The listener %n%n    %s%n%n%s.".formatted(cause.listener(), cause.problem());
        return new FailureAnalysis(description, cause.action(), cause);
    }
}
