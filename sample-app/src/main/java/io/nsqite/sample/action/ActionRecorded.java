package io.nsqite.sample.action;

import java.time.Instant;

/**
 * The message that tells other parts of the application about an action. It is their contract with this one: the entity may
 * change its shape, this may not.
 *
 * @param actionId the action; a message may come twice, this tells
 * @param userId who
 * @param action did what
 * @param contentId with which content
 * @param timestamp when
 */
public record ActionRecorded(long actionId, String userId, ActionType action, String contentId, Instant timestamp) {

    /** The topic of these messages. */
    public static final String TOPIC = "user_actions";
}
