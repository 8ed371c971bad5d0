package io.nsqite.spring.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.servlet.function.ServerRequest;

/** The parameters of a request, of which there are no others than those that it may have. */
final class Query {

    private final Map<String, List<String>> values;

    /** @throws RefusedRequestException if there are others */
    Query(ServerRequest request, Set<String> known) {
        values = request.params();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw RefusedRequestException.badRequest("The parameter '%s' is unknown; there are %s"
                        .formatted(name, known.stream().sorted().toList()));
            }
        }
    }

    /** For requests without any. */
    static void refuseAll(ServerRequest request) {
        if (!request.params().isEmpty()) {
            throw RefusedRequestException.badRequest("There are no parameters here, but there was '%s'"
                    .formatted(request.params().keySet().iterator().next()));
        }
    }

    Duration duration(String name, DurationRange range, Duration otherwise) {
        return values.containsKey(name) ? range.parse(name, single(name)) : otherwise;
    }

    int number(String name, int least, int most, int otherwise) {
        if (!values.containsKey(name)) {
            return otherwise;
        }
        String text = single(name);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw RefusedRequestException.badRequest(
                "%s must be a whole number from %d to %d but was '%s'".formatted(name, least, most, text));
    }

    private String single(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() != 1) {
            throw RefusedRequestException.badRequest(
                    "%s must be given once but was given %d times".formatted(name, all.size()));
        }
        return all.get(0);
    }
}
