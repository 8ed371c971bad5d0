package io.nsqite.spring.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as this interface speaks it, whatever the application has set its own mapper to: names in snake_case, nothing for what there is not,
 * and numbers of messages exactly as they came.
 */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads what a client has sent.
     *
     * @throws RefusedRequestException if it is no JSON
     */
    static JsonNode read(byte[] body) {
        try {
            JsonNode value = MAPPER.readTree(body);
            if (value.isMissingNode()) {
                throw RefusedRequestException.badRequest("The body is empty; send JSON");
            }
            return value;
        } catch (JacksonException e) {
            throw RefusedRequestException.badRequest("The body is no JSON" + place(e.getLocation()));
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null
                ? ""
                : ": see line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /** Reads what somebody has published as JSON. */
    static JsonNode readPayload(byte[] payload) throws JacksonException {
        return MAPPER.readTree(payload);
    }
}
