package io.nsqite.spring.actuate;

/** Why a request is refused, as HTTP tells it. (There may be no Spring Web here: endpoints have other servers too.) */
enum RefusalStatus {
    BAD_REQUEST(400, "Bad Request"),
    NOT_FOUND(404, "Not Found"),
    CONFLICT(409, "Conflict"),
    UNAVAILABLE(503, "Service Unavailable");

    private final int code;
    private final String phrase;

    RefusalStatus(int code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    int code() {
        return code;
    }

    String phrase() {
        return phrase;
    }
}
