package io.nsqite.spring.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.function.ServerRequest;

/** The parameters of a request, of which there are no others than those that it may have. */
final class Query {

    private final Map<String, List<String>> values;

    /** @throws RefusedRequestException if there are others */
    Query(ServerRequest request, Set<String> known) {
        values = parameters(request);
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw RefusedRequestException.badRequest("The parameter '%s' is unknown; there are %s"
                        .formatted(Shown.cut(name), known.stream().sorted().toList()));
            }
        }
    }

    /** For requests without any. */
    static void refuseAll(ServerRequest request) {
        Set<String> names = parameters(request).keySet();
        if (!names.isEmpty()) {
            throw RefusedRequestException.badRequest("There are no parameters here, but there was '%s'"
                    .formatted(Shown.cut(names.iterator().next())));
        }
    }

    /** Of the address alone: a servlet container would take them from a form in the body as well. */
    private static MultiValueMap<String, String> parameters(ServerRequest request) {
        String query = request.servletRequest().getQueryString();
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String parameter : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            parameters.add(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RefusedRequestException.badRequest("The parameters are not encoded as those of an address are");
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
                "%s must be a whole number from %d to %d but was '%s'".formatted(name, least, most, Shown.cut(text)));
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
