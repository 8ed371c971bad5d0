package io.nsqite.sample.action;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An action as stored. */
@Entity
class UserAction {

    // IDENTITY or UUID, never AUTO: that writes in a second transaction, which has to wait for the first one
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String userId;

    @Enumerated(EnumType.STRING)
    private ActionType action;

    private String contentId;
    private Instant actedAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected UserAction() {}

    UserAction(ActionRequest request) {
        userId = request.userId();
        action = request.action();
        contentId = request.contentId();
        actedAt = request.timestamp();
    }

    ActionRecorded toEvent() {
        return new ActionRecorded(Objects.requireNonNull(id, "not saved yet"), userId, action, contentId, actedAt);
    }
}
