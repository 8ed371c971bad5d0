package io.nsqite.spring.autoconfigure;

import io.nsqite.sqlite.UnsuitableDatabaseException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a database that the queue can't live in. */
final class UnsuitableDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<UnsuitableDatabaseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableDatabaseException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
