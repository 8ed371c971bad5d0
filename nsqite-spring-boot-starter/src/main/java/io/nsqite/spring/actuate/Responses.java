package io.nsqite.spring.actuate;

import io.nsqite.error.DatabaseException;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.dao.DataAccessException;

/** Makes a response of what a request returns or throws: a caller is always told the reason. */
final class Responses {

    private Responses() {}

    static WebEndpointResponse<OperationResponseBody> of(Supplier<? extends OperationResponseBody> request) {
        try {
            return new WebEndpointResponse<>(request.get());
        } catch (RequestRefusedException e) {
            return refused(e.status(), e);
        } catch (IllegalArgumentException e) { // what the queue says of a value that it can't use
            return refused(RefusalStatus.BAD_REQUEST, e);
        } catch (DatabaseException | DataAccessException | IllegalStateException e) {
            return refused(RefusalStatus.UNAVAILABLE, e);
        }
    }

    private static WebEndpointResponse<OperationResponseBody> refused(RefusalStatus status, RuntimeException reason) {
        String message = Objects.requireNonNullElse(reason.getMessage(), status.phrase());
        return new WebEndpointResponse<>(new ErrorDescriptor(status.code(), status.phrase(), message), status.code());
    }
}
