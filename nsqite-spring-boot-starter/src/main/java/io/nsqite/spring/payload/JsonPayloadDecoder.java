package io.nsqite.spring.payload;

import io.nsqite.spring.PayloadDecoder;
import java.util.stream.Stream;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads payloads as JSON with the application's mapper. */
public final class JsonPayloadDecoder implements PayloadDecoder {

    private final JsonMapper mapper;

    /** With a mapper. */
    public JsonPayloadDecoder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Reader readerFor(ResolvableType type) {
        if (type.resolve() == null) {
            throw new IllegalArgumentException(
                    "What to read a payload as can't be told from '%s'; declare a class, not a type variable"
                            .formatted(type.getType().getTypeName()));
        }
        ObjectReader reader = mapper.readerFor(javaType(type));
        return reader::readValue;
    }

    private JavaType javaType(ResolvableType type) {
        if (type.isArray()) {
            return mapper.getTypeFactory().constructArrayType(javaType(type.getComponentType()));
        }
        Class<?> raw = type.resolve(Object.class);
        if (!type.hasGenerics()) {
            return mapper.constructType(raw);
        }
        JavaType[] parameters =
                Stream.of(type.getGenerics()).map(this::javaType).toArray(JavaType[]::new);
        return mapper.getTypeFactory().constructParametricType(raw, parameters);
    }
}
