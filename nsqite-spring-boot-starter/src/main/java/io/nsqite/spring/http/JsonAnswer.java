package io.nsqite.spring.http;

import io.nsqite.spring.remote.Json;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer in JSON, written by itself: which message converters the application has, and how they are set, is its own affair.
 *
 * @param statusCode the status; without effect where the answer has begun already
 * @param headers with the type of the content
 * @param body becomes JSON when it is written, unless it is bytes, which are JSON already; null for none
 */
record JsonAnswer(
        HttpStatusCode statusCode,
        HttpHeaders headers,
        @Nullable Object body) implements ServerResponse {

    static JsonAnswer ok(Object body) {
        return of(HttpStatus.OK, MediaType.APPLICATION_JSON, body);
    }

    static JsonAnswer created(Object body) {
        return of(HttpStatus.CREATED, MediaType.APPLICATION_JSON, body);
    }

    static JsonAnswer noContent() {
        return new JsonAnswer(HttpStatus.NO_CONTENT, new HttpHeaders(), null);
    }

    static JsonAnswer of(HttpStatus status, MediaType type, Object body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(type);
        return new JsonAnswer(status, headers, body);
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        byte[] json = json();
        if (!response.isCommitted()) {
            response.setStatus(statusCode.value());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            headers.forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
            if (body != null) {
                response.setContentLength(json.length);
            }
        }
        response.getOutputStream().write(json);
        response.flushBuffer();
        return null;
    }

    private byte[] json() {
        if (body instanceof byte[] written) {
            return written;
        }
        return body == null ? new byte[0] : Json.write(body);
    }
}
