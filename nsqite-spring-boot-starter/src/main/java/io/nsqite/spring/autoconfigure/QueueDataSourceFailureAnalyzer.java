package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.datasource.QueueDataSourceException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that there is no data source for the queue, or no telling which. */
final class QueueDataSourceFailureAnalyzer extends AbstractFailureAnalyzer<QueueDataSourceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, QueueDataSourceException cause) {
        return new FailureAnalysis(cause.problem(), cause.action(), cause);
    }
}
