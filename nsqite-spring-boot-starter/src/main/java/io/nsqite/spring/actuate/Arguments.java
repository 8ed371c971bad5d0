package io.nsqite.spring.actuate;

import io.nsqite.admin.DeadLetterCursor;
import io.nsqite.admin.DeadLetterQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a request by name; those that were not given are left out. Refuses what can't be read. */
final class Arguments {

    private final Map<String, String> values = new LinkedHashMap<>();

    Arguments with(String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    /**
     * Refuses parameters that don't belong here, or say nothing: a filter that is overlooked lets through more than was meant.
     *
     * @param names those that do
     */
    Arguments requireOnly(String... names) {
        List<String> known = List.of(names);
        values.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw RequestRefusedException.badRequest("The parameter '%s' has no meaning here; there %s"
                        .formatted(name, known.isEmpty() ? "are none" : "may be " + String.join(", ", known)));
            }
            if (value.isEmpty()) {
                throw RequestRefusedException.badRequest(
                        "The parameter '%s' is empty; give it a value or leave it out".formatted(name));
            }
        });
        return this;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A parameter that must be there. */
    String required(String name, String meaning) {
        String value = values.get(name);
        if (value == null) {
            throw RequestRefusedException.badRequest("The parameter '%s' is missing; give %s".formatted(name, meaning));
        }
        return value;
    }

    long messageId(String name) {
        return messageId(name, required(name, "the id of a message"));
    }

    static long messageId(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw RequestRefusedException.badRequest(
                    "'%s' must be the id of a message, a number, but was '%s'".formatted(name, value));
        }
    }

    Instant instant(String name) {
        return instant(name, required(name, "a time like 2026-05-04T06:00:00Z"));
    }

    private static Instant instant(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw RequestRefusedException.badRequest(
                    "'%s' must be a time like 2026-05-04T06:00:00Z but was '%s'".formatted(name, value));
        }
    }

    private static int count(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw RequestRefusedException.badRequest("'%s' must be a number but was '%s'".formatted(name, value));
        }
    }

    /** Which dead letters. */
    DeadLetterQuery deadLetters() {
        return new DeadLetterQuery(
                values.get("topic"),
                values.get("channel"),
                read("failedFrom", value -> instant("failedFrom", value)),
                read("failedBefore", value -> instant("failedBefore", value)),
                values.get("error"),
                read("after", DeadLetterCursor::of),
                has("limit") ? limit() : DeadLetterQuery.NO_LIMIT);
    }

    /** Nothing said is another thing than nothing wanted. */
    private int limit() {
        int limit = count("limit", values.getOrDefault("limit", ""));
        if (limit == DeadLetterQuery.NO_LIMIT) {
            throw RequestRefusedException.badRequest("'limit' must be 1 to 1000 but was 0");
        }
        return limit;
    }

    private <T> @Nullable T read(String name, Function<String, T> reading) {
        String value = values.get(name);
        return value == null ? null : reading.apply(value);
    }
}
