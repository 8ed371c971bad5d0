package io.nsqite.sample.notification;

import io.nsqite.sample.action.ActionRecorded;
import io.nsqite.sample.action.ActionType;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import org.springframework.stereotype.Component;

/** Writes a notification for every like, and shows what becomes of a message that can't be handled. */
@Component
class NotificationListener {

    private static final String POISON = "poison";

    private final NotificationRepository notifications;

    NotificationListener(NotificationRepository notifications) {
        this.notifications = notifications;
    }

    /**
     * The delays are short so that a dead letter can be seen soon. What calls other services should wait longer: leave
     * the backoff out, and it is one second, doubling.
     */
    @NsqiteListener(
            topic = ActionRecorded.TOPIC,
            channel = "notifications",
            maxAttempts = 5,
            backoff = @Backoff(delay = "100ms", maxDelay = "1s"))
    void tellAuthor(ActionRecorded event) {
        if (event.contentId().equals(POISON)) {
            throw new PoisonedContentException(event);
        }
        if (event.action() == ActionType.LIKE) {
            notifications.save(new Notification(event));
        }
    }
}
