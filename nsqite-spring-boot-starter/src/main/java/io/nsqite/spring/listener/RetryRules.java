package io.nsqite.spring.listener;

import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.handler.UnusableMessageException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which failures retrying can't cure, decided by the failure and what caused it.
 *
 * @param retryFor if there are any, only these are worth another attempt
 * @param noRetryFor these are not
 */
record RetryRules(List<Class<? extends Throwable>> retryFor, List<Class<? extends Throwable>> noRetryFor)
        implements Predicate<Throwable> {

    // causes can form a circle
    private static final int MAX_DEPTH = 50;

    static RetryRules of(NsqiteListener annotation) {
        return new RetryRules(List.of(annotation.retryFor()), List.of(annotation.noRetryFor()));
    }

    @Override
    public boolean test(Throwable failure) {
        return failure instanceof UnusableMessageException
                || isOneOf(noRetryFor, failure)
                || (!retryFor.isEmpty() && !isOneOf(retryFor, failure));
    }

    private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable failure) {
        @Nullable Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            Throwable candidate = current;
            if (types.stream().anyMatch(type -> type.isInstance(candidate))) {
                return true;
            }
            current = candidate.getCause();
        }
        return false;
    }
}
