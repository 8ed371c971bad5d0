package io.nsqite.spring.remote;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes texts that UTF-8 can't hold, as half of a surrogate pair stands in them, with a question mark in its place. */
final class WholeTexts extends ValueSerializer<String> {

    @Override
    public void serialize(String text, JsonGenerator json, SerializationContext context) {
        json.writeString(whole(text));
    }

    static boolean isWhole(String text) {
        return text.chars().noneMatch(character -> Character.isSurrogate((char) character))
                || StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String whole(String text) {
        return isWhole(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The same for the names of a map. */
    static final class OfNames extends ValueSerializer<String> {

        @Override
        public void serialize(String text, JsonGenerator json, SerializationContext context) {
            json.writeName(whole(text));
        }
    }
}
