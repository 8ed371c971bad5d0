package io.nsqite.spring.http;

import io.nsqite.spring.remote.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/** Reads the bodies of requests, which are JSON and bounded, whatever their headers say of their length. */
final class RequestBodies {

    private static final int STEP = 8192;

    /** Who sends a bit too much gets to the end, and so to the answer that says so. */
    private static final long READ_AWAY = 32L * 1024 * 1024;

    private final long limit;

    /** @param limit the largest body in bytes */
    RequestBodies(long limit) {
        this.limit = limit;
    }

    /** @throws RefusedRequestException if there is none, or it is no JSON or too large */
    JsonNode read(ServerRequest request) throws IOException {
        requireJson(request);
        return json(bytes(request));
    }

    /** The object in the body; null if there is no body. */
    @Nullable
    Fields readObjectIfAny(ServerRequest request) throws IOException {
        if (contentType(request) != null) {
            requireJson(request); // also where a filter has read the body away, as Spring's own do with forms
        }
        byte[] body = bytes(request);
        if (body.length == 0) {
            return null;
        }
        requireJson(request);
        return Fields.of("", json(body));
    }

    private static void requireJson(ServerRequest request) {
        MediaType type = contentType(request);
        if (type == null || !MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
            throw RefusedRequestException.unsupportedType("The content-type must be application/json but was %s"
                    .formatted(type == null ? "missing" : Shown.cut(type.toString())));
        }
    }

    private static @Nullable MediaType contentType(ServerRequest request) {
        try {
            return request.headers().contentType().orElse(null);
        } catch (InvalidMediaTypeException e) {
            throw RefusedRequestException.unsupportedType(
                    "The content-type must be application/json but can't be read: "
                            + Shown.cut(String.valueOf(e.getMessage())));
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode value = Json.read(body);
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

    private byte[] bytes(ServerRequest request) {
        try {
            return bytesWithin(request);
        } catch (IOException e) {
            throw RefusedRequestException.badRequest("The body ended early, or is not sent as HTTP wants it");
        }
    }

    private byte[] bytesWithin(ServerRequest request) throws IOException {
        InputStream in = request.servletRequest().getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] step = new byte[STEP];
        long total = 0;
        for (int count = in.read(step); count >= 0; count = in.read(step)) {
            total += count;
            if (total <= limit) {
                body.write(step, 0, count);
            } else if (total > limit + READ_AWAY) {
                break;
            }
        }
        if (total > limit) {
            throw RefusedRequestException.tooLarge(
                    "The body has more than %d bytes, the limit (nsqite.http.max-body-size); send less at a time"
                            .formatted(limit));
        }
        return body.toByteArray();
    }
}
