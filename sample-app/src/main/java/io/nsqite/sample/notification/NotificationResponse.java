package io.nsqite.sample.notification;

import java.time.Instant;

/**
 * A notification to show.
 *
 * @param actionId the like
 * @param contentId what is liked
 * @param text what to tell its author
 * @param likedAt when
 */
record NotificationResponse(long actionId, String contentId, String text, Instant likedAt) {}
