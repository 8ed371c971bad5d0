package io.nsqite.sample.notification;

import io.nsqite.sample.action.ActionRecorded;

/** The content that the listener fails for on purpose. */
class PoisonedContentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PoisonedContentException(ActionRecorded event) {
        super("Failed on purpose: action %d is about content '%s'".formatted(event.actionId(), event.contentId()));
    }
}
