package io.nsqite.spring.remote;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * JSON as others see it, whatever the application has set its own mapper to: names in snake_case, nothing for what there is not, and
 * numbers of messages exactly as they came. Texts are written whatever is in them: half of a surrogate pair as a question mark.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(String.class, new WholeTexts())
                    .addKeySerializer(String.class, new WholeTexts.OfNames()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonMapper OF_APPLICATIONS = MAPPER.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** The value as JSON, in UTF-8. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The value as JSON. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads a document.
     *
     * @return a missing node if there is nothing
     * @throws JacksonException if it is no JSON
     */
    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    /**
     * Reads a document that somebody has stored. Unlike {@link #read} takes objects that have a name twice, of which the last counts, as for most
     * readers.
     *
     * @return a missing node if there is nothing
     * @throws JacksonException if it is no JSON
     */
    public static JsonNode readStored(byte[] json) {
        return OF_APPLICATIONS.readTree(json);
    }
}
