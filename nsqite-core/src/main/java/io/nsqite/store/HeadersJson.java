package io.nsqite.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headers as a JSON object of strings, so that SQL's JSON functions and people can read them. */
final class HeadersJson {

    private final String text;
    private int at;

    private HeadersJson(String text) {
        this.text = text;
    }

    static @Nullable String write(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        StringBuilder json = new StringBuilder(32 * headers.size()).append('{');
        headers.forEach((name, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            string(json, name);
            json.append(':');
            string(json, value);
        });
        return json.append('}').toString();
    }

    static Map<String, String> read(@Nullable String json) {
        return json == null ? Map.of() : new HeadersJson(json).object();
    }

    /** Reads headers of many messages, which often have the same; for one thread. */
    static final class Reader {
        private @Nullable String lastText;
        private Map<String, String> last = Map.of();

        Map<String, String> read(@Nullable String json) {
            if (json != null && !json.equals(lastText)) {
                last = HeadersJson.read(json);
                lastText = json;
            }
            return json == null ? Map.of() : last;
        }
    }

    private static void string(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private Map<String, String> object() {
        Map<String, String> headers = new LinkedHashMap<>();
        expect('{');
        if (peek() != '}') {
            do {
                String name = string();
                expect(':');
                headers.put(name, string());
            } while (accept(','));
        }
        expect('}');
        return Collections.unmodifiableMap(headers);
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw malformed();
        }
        char c = (char) Integer.parseInt(text, at, at + 4, 16);
        at += 4;
        return c;
    }

    private boolean accept(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw malformed();
        }
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("Headers must be a JSON object of strings, but at %d of %d: %s"
                .formatted(at, text.length(), text.substring(0, Math.min(200, text.length()))));
    }
}
