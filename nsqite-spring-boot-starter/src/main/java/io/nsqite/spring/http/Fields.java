package io.nsqite.spring.http;

import io.nsqite.spring.remote.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object that a client has sent. Each field is asked for once, with its bounds; {@link #end()} then refuses what nobody has asked for, as
 * who sends it believes that it does something. All methods throw {@link RefusedRequestException}, which names the field.
 */
final class Fields {

    private final String place;
    private final JsonNode object;
    private final Set<String> known = new HashSet<>();

    private Fields(String place, JsonNode object) {
        this.place = place;
        this.object = object;
    }

    /** @param place where the object stands in the request, for messages; empty for the whole */
    static Fields of(String place, JsonNode node) {
        if (!node.isObject()) {
            throw RefusedRequestException.badRequest(
                    "%s must be an object".formatted(place.isEmpty() ? "The body" : place));
        }
        return new Fields(place, node);
    }

    /**
     * The objects of an array.
     *
     * @param most how many there may be
     */
    static List<Fields> listOf(String place, JsonNode node, int most) {
        String name = place.isEmpty() ? "The body" : place;
        if (!node.isArray()) {
            throw RefusedRequestException.badRequest("%s must be an array of objects".formatted(name));
        }
        if (node.isEmpty() || node.size() > most) {
            throw RefusedRequestException.badRequest(
                    "%s must have 1 to %d elements but has %d".formatted(name, most, node.size()));
        }
        List<Fields> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(of("%s[%d]".formatted(place, i), node.get(i)));
        }
        return elements;
    }

    /** A field of any kind that must be there, as JSON in UTF-8. */
    byte[] requiredJson(String name) {
        String json = Json.text(required(name));
        requireWhole(path(name), json);
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode required(String name) {
        JsonNode value = value(name);
        if (value == null) {
            throw RefusedRequestException.badRequest("%s is missing".formatted(path(name)));
        }
        return value;
    }

    /** A field with an object; null if there is none. */
    @Nullable
    Fields object(String name) {
        JsonNode value = given(name);
        return value == null ? null : of(path(name), value);
    }

    /** A field with an array of objects that must be there. */
    List<Fields> requiredList(String name, int most) {
        return listOf(path(name), required(name), most);
    }

    /** A field with a text that must be there. */
    String requiredText(String name) {
        return string(path(name), required(name));
    }

    /** A field with a text of one character or more; null if there is none. */
    @Nullable
    String text(String name, int longest) {
        JsonNode value = given(name);
        return value == null ? null : bounded(path(name), string(path(name), value), longest);
    }

    /** A field with a whole number; null if there is none. */
    @Nullable
    Integer number(String name, int least, int most) {
        JsonNode value = given(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw RefusedRequestException.badRequest("%s must be a whole number from %d to %d but was %s"
                    .formatted(path(name), least, most, shown(value)));
        }
        return value.intValue();
    }

    /** A field with a duration; null if there is none. */
    @Nullable
    Duration duration(String name, DurationRange range) {
        JsonNode value = given(name);
        return value == null ? null : range.parse(path(name), string(path(name), value));
    }

    /** A field with an object of texts; empty if there is none. */
    Map<String, String> texts(String name, TextLimits limits) {
        JsonNode value = given(name);
        if (value == null) {
            return Map.of();
        }
        String place = path(name);
        if (!value.isObject() || value.size() > limits.most()) {
            throw RefusedRequestException.badRequest(
                    "%s must be an object of at most %d texts".formatted(place, limits.most()));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        value.properties().forEach(text -> {
            bounded("A name in " + place, text.getKey(), limits.longestName());
            String content = string(place + "." + text.getKey(), text.getValue());
            if (content.length() > limits.longestText()) {
                throw RefusedRequestException.badRequest(
                        "%s.%s must have at most %d characters".formatted(place, text.getKey(), limits.longestText()));
            }
            texts.put(text.getKey(), content);
        });
        return texts;
    }

    /**
     * How many texts there may be, and how long.
     *
     * @param most how many
     * @param longestName characters of a name
     * @param longestText characters of a text
     */
    record TextLimits(int most, int longestName, int longestText) {}

    /** No more is known than what was asked for. */
    void end() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw RefusedRequestException.badRequest("%s is unknown; there are %s"
                        .formatted(
                                path(Shown.cut(name)), known.stream().sorted().toList()));
            }
        }
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        return object.get(name);
    }

    /** Null also where the client says null. */
    private @Nullable JsonNode given(String name) {
        JsonNode value = value(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String string(String path, JsonNode value) {
        if (!value.isString()) {
            throw RefusedRequestException.badRequest("%s must be a text but was %s".formatted(path, shown(value)));
        }
        String text = value.stringValue();
        requireWhole(path, text);
        return text;
    }

    /** Bytes could not hold it. */
    private static void requireWhole(String path, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw RefusedRequestException.badRequest("%s has half of a surrogate pair".formatted(path));
        }
    }

    private static String bounded(String path, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw RefusedRequestException.badRequest("%s must have 1 to %d characters but has %d"
                    .formatted(path, longest, text.isBlank() ? 0 : text.length()));
        }
        return text;
    }

    private String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static String shown(JsonNode value) {
        return Shown.cut(value.toString());
    }
}
