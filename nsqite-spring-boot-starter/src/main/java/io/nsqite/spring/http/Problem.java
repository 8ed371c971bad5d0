package io.nsqite.spring.http;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type there are no pages about them
 * @param title the status in words
 * @param status the status
 * @param detail what was wanted, what was found, and what to do
 * @param instance the path of the request
 */
record Problem(String type, String title, int status, String detail, String instance) {

    private static final int LONGEST = 1000;

    static JsonAnswer answer(HttpStatus status, String detail, String path) {
        return JsonAnswer.of(
                status,
                MediaType.APPLICATION_PROBLEM_JSON,
                new Problem(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.value(),
                        Shown.cut(detail, LONGEST),
                        Shown.cut(path, LONGEST)));
    }
}
