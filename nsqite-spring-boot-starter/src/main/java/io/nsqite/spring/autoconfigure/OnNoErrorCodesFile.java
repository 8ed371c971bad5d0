package io.nsqite.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/** Whether there is no file of error codes at the root of the class path, by which an application has Spring translate all errors. */
final class OnNoErrorCodesFile extends NoneNestedConditions {

    OnNoErrorCodesFile() {
        super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnResource(resources = "classpath:sql-error-codes.xml")
    static class ErrorCodesFile {}
}
