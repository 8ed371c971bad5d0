package io.nsqite.spring.remote;

import io.nsqite.message.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A payload as it stands in JSON: what was published as JSON is that, text is a text, anything else is in base 64, also JSON that not all
 * who read it could read: with names twice in an object, or half of a surrogate pair.
 *
 * @param value the payload, if it is JSON or text
 * @param base64 the payload, if it is neither
 */
public record PayloadContent(
        @Nullable JsonNode value, @Nullable String base64) {

    /** Readers take 500 as a rule, and it stands in something. */
    private static final int DEEPEST = 490;

    /** The payload of a message. */
    public static PayloadContent of(Message message) {
        String type = message.headers().getOrDefault(Message.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        JsonNode value = null;
        if (isJson(type)) {
            value = json(message.payload());
        } else if (type.startsWith("text/")) {
            value = text(message.payload());
        }
        return value == null
                ? new PayloadContent(null, Base64.getEncoder().encodeToString(message.payload()))
                : new PayloadContent(value, null);
    }

    private static boolean isJson(String type) {
        String plain = type.split(";", 2)[0].trim();
        return plain.equals("application/json") || plain.endsWith("+json");
    }

    private static @Nullable JsonNode json(byte[] payload) {
        try {
            JsonNode value = Json.read(payload);
            return value.isMissingNode() || !isReadable(value, 1) ? null : value;
        } catch (JacksonException e) {
            return null; // its publisher says so, but it is none
        }
    }

    /** Readers would refuse what is nested deeper, with all that is beside it; and what has half of a surrogate pair is not to be had in UTF-8. */
    private static boolean isReadable(JsonNode value, int depth) {
        if (value.isString()) {
            return WholeText.isWhole(value.stringValue());
        }
        return (depth <= DEEPEST || !value.isContainer())
                && value.propertyNames().stream().allMatch(WholeText::isWhole)
                && value.values().stream().allMatch(child -> isReadable(child, depth + 1));
    }

    private static @Nullable JsonNode text(byte[] payload) {
        try {
            return StringNode.valueOf(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
