package io.nsqite.sample.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Finds out which field of a JSON document could not be read. */
final class UnreadableField {

    private UnreadableField() {}

    /** The field; empty if the document is no JSON at all, or not an object. */
    static Optional<FieldProblem> of(HttpMessageNotReadableException unreadable) {
        return unreadable.getCause() instanceof MismatchedInputException mismatch
                        && !mismatch.getPath().isEmpty()
                ? Optional.of(new FieldProblem(path(mismatch), message(mismatch)))
                : Optional.empty();
    }

    private static String path(MismatchedInputException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> String.valueOf(step.getPropertyName()))
                .collect(Collectors.joining("."));
    }

    private static String message(MismatchedInputException mismatch) {
        String wanted = "must be " + wanted(mismatch.getTargetType());
        return mismatch instanceof InvalidFormatException invalid
                ? "%s but was '%s'".formatted(wanted, invalid.getValue())
                : wanted;
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
        }
        return type == Instant.class ? "a time such as 2026-03-01T10:00:00Z" : "a " + type.getSimpleName();
    }
}
