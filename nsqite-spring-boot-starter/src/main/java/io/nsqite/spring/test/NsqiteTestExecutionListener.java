package io.nsqite.spring.test;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Empties the queue before each method of a {@link NsqiteTest}, and before Spring begins a transaction for it. */
final class NsqiteTestExecutionListener implements TestExecutionListener, Ordered {

    // that of transactions has 4000
    private static final int BEFORE_TRANSACTIONS = 3900;

    @Override
    public int getOrder() {
        return BEFORE_TRANSACTIONS;
    }

    @Override
    public void beforeTestMethod(TestContext testContext) {
        if (TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), NsqiteTest.class)) {
            testContext.getApplicationContext().getBean(NsqiteTestKit.class).reset();
        }
    }
}
