package io.nsqite.spring.autoconfigure;

import io.nsqite.schema.InvalidSchemaException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that the tables which a migration should have created are not as they are needed. */
final class InvalidSchemaFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSchemaException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSchemaException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
