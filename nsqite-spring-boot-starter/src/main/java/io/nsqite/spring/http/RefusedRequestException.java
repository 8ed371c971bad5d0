package io.nsqite.spring.http;

import io.nsqite.error.NsqiteException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that can't be done, with the status and the reason that the client is told. */
final class RefusedRequestException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    private RefusedRequestException(HttpStatus status, @Nullable String reason) {
        super(String.valueOf(reason));
        this.status = status;
    }

    static RefusedRequestException badRequest(@Nullable String reason) {
        return new RefusedRequestException(HttpStatus.BAD_REQUEST, reason);
    }

    static RefusedRequestException notFound(@Nullable String reason) {
        return new RefusedRequestException(HttpStatus.NOT_FOUND, reason);
    }

    static RefusedRequestException conflict(@Nullable String reason) {
        return new RefusedRequestException(HttpStatus.CONFLICT, reason);
    }

    static RefusedRequestException forbidden(String reason) {
        return new RefusedRequestException(HttpStatus.FORBIDDEN, reason);
    }

    static RefusedRequestException unavailable(@Nullable String reason) {
        return new RefusedRequestException(HttpStatus.SERVICE_UNAVAILABLE, reason);
    }

    static RefusedRequestException gone(@Nullable String reason) {
        return new RefusedRequestException(HttpStatus.GONE, reason);
    }

    static RefusedRequestException tooLarge(String reason) {
        return new RefusedRequestException(HttpStatus.CONTENT_TOO_LARGE, reason);
    }

    static RefusedRequestException unsupportedType(String reason) {
        return new RefusedRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, reason);
    }

    HttpStatus status() {
        return status;
    }

    /** The text that the client is told. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
