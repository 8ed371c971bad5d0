package io.nsqite.spring.http;

import java.util.List;

/**
 * What has become of a request to create subscribers.
 *
 * @param all those of the request, as they are now
 * @param anyNew whether one of them was not there before
 */
record CreatedSubscribers(List<CreatedSubscriber> all, boolean anyNew) {

    /** Created, or only there. */
    JsonAnswer answer(Object body) {
        return anyNew ? JsonAnswer.created(body) : JsonAnswer.ok(body);
    }
}
