package io.nsqite.sample.notification;

import io.nsqite.sample.action.ActionRecorded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** Somebody likes a content. Its key is that of the action, so saving it again for the same action changes nothing. */
@Entity
class Notification {

    @Id
    private Long actionId;

    private String contentId;
    private String userId;
    private Instant likedAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Notification() {}

    Notification(ActionRecorded event) {
        actionId = event.actionId();
        contentId = event.contentId();
        userId = event.userId();
        likedAt = event.timestamp();
    }

    NotificationResponse toResponse() {
        return new NotificationResponse(actionId, contentId, "%s likes %s".formatted(userId, contentId), likedAt);
    }
}
