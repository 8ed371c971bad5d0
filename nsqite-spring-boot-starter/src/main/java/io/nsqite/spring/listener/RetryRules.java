package io.nsqite.spring.listener;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.spring.handler.UnusableMessageException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which failures retrying can't cure, decided by the failure and what caused it.
 *
 * @param retryFor if there are any, only these are worth another attempt
 * @param noRetryFor these are not
 */
public record RetryRules(List<Class<? extends Throwable>> retryFor, List<Class<? extends Throwable>> noRetryFor)
        implements Predicate<Throwable> {

    // causes can form a circle
    private static final int MAX_DEPTH = 50;

    /** Rules of which nothing need be said; if nothing is, the base decides. */
    public static Predicate<Throwable> over(
            Predicate<Throwable> base,
            @Nullable List<Class<? extends Throwable>> retryFor,
            @Nullable List<Class<? extends Throwable>> noRetryFor) {
        if (retryFor == null && noRetryFor == null) {
            return base;
        }
        return new RetryRules(retryFor == null ? List.of() : retryFor, noRetryFor == null ? List.of() : noRetryFor);
    }

    /**
     * Checks that classes are those of failures; binding properties checks no more than that they are classes.
     *
     * @throws IllegalArgumentException if one is not
     */
    public static void checkThrowable(String name, @Nullable List<? extends Class<?>> failures) {
        for (Class<?> failure : failures == null ? List.<Class<?>>of() : failures) {
            if (!Throwable.class.isAssignableFrom(failure)) {
                throw new IllegalArgumentException(
                        "%s must name classes of exceptions, but %s is none; correct or remove it"
                                .formatted(name, failure.getName()));
            }
        }
    }

    /** Rules that also know that a message which can't be given to its listener is beyond cure, alone or in a batch. */
    static Predicate<Throwable> orUnusable(Predicate<Throwable> rules) {
        return failure -> {
            Throwable judged = failure instanceof BatchElementFailedException ? cause(failure) : failure;
            return judged instanceof UnusableMessageException || rules.test(judged);
        };
    }

    private static Throwable cause(Throwable failure) {
        return Objects.requireNonNullElse(failure.getCause(), failure);
    }

    @Override
    public boolean test(Throwable failure) {
        return isOneOf(noRetryFor, failure) || (!retryFor.isEmpty() && !isOneOf(retryFor, failure));
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
