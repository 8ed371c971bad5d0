package io.nsqite.spring.actuate;

import io.nsqite.error.NsqiteException;

/** A request that can't be done, with the status and the reason that the caller sees. */
final class RequestRefusedException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    private final RefusalStatus status;

    private RequestRefusedException(RefusalStatus status, String reason) {
        super(reason);
        this.status = status;
    }

    static RequestRefusedException badRequest(String reason) {
        return new RequestRefusedException(RefusalStatus.BAD_REQUEST, reason);
    }

    static RequestRefusedException notFound(String reason) {
        return new RequestRefusedException(RefusalStatus.NOT_FOUND, reason);
    }

    static RequestRefusedException conflict(String reason) {
        return new RequestRefusedException(RefusalStatus.CONFLICT, reason);
    }

    RefusalStatus status() {
        return status;
    }
}
