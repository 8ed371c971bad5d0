package io.nsqite.spring.http;

import jakarta.servlet.http.Cookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.function.ServerResponse;

/** A response that has nothing to say of itself before it is written. */
abstract class BareResponse implements ServerResponse {

    @Override
    public final HttpStatusCode statusCode() {
        return HttpStatus.OK;
    }

    @Override
    public final HttpHeaders headers() {
        return new HttpHeaders();
    }

    @Override
    public final MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }
}
