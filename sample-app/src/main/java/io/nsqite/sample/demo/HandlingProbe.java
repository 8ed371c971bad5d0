package io.nsqite.sample.demo;

import io.nsqite.sample.action.ActionRecorded;
import io.nsqite.spring.NsqiteListener;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Stands around every listener method and tells when it is called and when it returns. The listeners know nothing of it.
 *
 * @param observations who wants to know
 */
record HandlingProbe(Observations observations) implements MethodInterceptor {

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        NsqiteListener listener =
                AnnotatedElementUtils.findMergedAnnotation(invocation.getMethod(), NsqiteListener.class);
        if (listener == null || !(invocation.getArguments()[0] instanceof ActionRecorded event)) {
            return invocation.proceed();
        }
        observations.started(listener.channel(), event.actionId());
        Object nothing = invocation.proceed();
        observations.finished(listener.channel(), event.actionId());
        return nothing;
    }
}
