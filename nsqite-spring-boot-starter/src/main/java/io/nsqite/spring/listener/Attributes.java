package io.nsqite.spring.listener;

import io.nsqite.spring.Backoff;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringValueResolver;

/** Reads attributes of an annotation that are given as text, with placeholders and expressions. */
public final class Attributes {

    private final String listener;
    private final StringValueResolver resolver;

    /** Of an annotation on a listener, whose name messages tell. */
    public Attributes(String listener, StringValueResolver resolver) {
        this.listener = listener;
        this.resolver = resolver;
    }

    /** The text with all placeholders resolved; empty if they resolve to nothing. */
    public String text(String attribute, String value) {
        try {
            String resolved = resolver.resolveStringValue(value);
            return resolved == null ? "" : resolved.trim();
        } catch (RuntimeException e) {
            throw new InvalidListenerException(
                    listener,
                    "has a value that can't be resolved in %s = \"%s\": %s".formatted(attribute, value, e.getMessage()),
                    "Define the property, give it a default as in ${name:default}, or correct the expression",
                    e);
        }
    }

    /** True or false; null if there is nothing. */
    public @Nullable Boolean bool(String attribute, String value) {
        return convert(attribute, value, "true or false", Attributes::parseBoolean);
    }

    /** A whole number; null if there is nothing. */
    public @Nullable Integer integer(String attribute, String value) {
        return convert(attribute, value, "a whole number", Integer::valueOf);
    }

    /** A number; null if there is nothing. */
    public @Nullable Double decimal(String attribute, String value) {
        return convert(attribute, value, "a number", Double::valueOf);
    }

    /** A number that may be given as such or as text; null if it is given as neither. */
    public @Nullable Integer number(String attribute, int number, String text) {
        if (number == NsqiteListener.UNSET) {
            return integer(attribute + "String", text);
        }
        if (!text.isEmpty()) {
            throw new InvalidListenerException(
                    listener, "gives both %s and %sString".formatted(attribute, attribute), "Leave one of them");
        }
        return number;
    }

    /** The name of a bean; null if there is none. */
    public @Nullable String beanName(String attribute, String value) {
        String name = text(attribute, value);
        return name.isEmpty() ? null : name;
    }

    /** Classes of failures; null if there are none. */
    public @Nullable List<Class<? extends Throwable>> failures(Class<? extends Throwable>[] failures) {
        return failures.length == 0 ? null : List.of(failures);
    }

    /** How long something waits between attempts. */
    public BackoffSettings backoff(Backoff backoff) {
        return new BackoffSettings(
                duration("backoff.delay", backoff.delay()),
                decimal("backoff.multiplier", backoff.multiplier()),
                duration("backoff.maxDelay", backoff.maxDelay()),
                decimal("backoff.jitter", backoff.jitter()));
    }

    /** A duration; null if there is nothing. */
    public @Nullable Duration duration(String attribute, String value) {
        return convert(attribute, value, "a duration such as 500ms, 2s or PT2S", DurationStyle::detectAndParse);
    }

    private <T> @Nullable T convert(String attribute, String value, String wanted, Function<String, T> conversion) {
        String text = text(attribute, value);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidListenerException(
                    listener,
                    "has '%s' as its %s, which is not %s".formatted(text, attribute, wanted),
                    "Give " + wanted,
                    e);
        }
    }

    private static Boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
