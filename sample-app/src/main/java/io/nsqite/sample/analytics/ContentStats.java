package io.nsqite.sample.analytics;

import io.nsqite.sample.action.ActionType;

/**
 * How often users did what with a content.
 *
 * @param contentId the content
 * @param views how often it was looked at
 * @param likes how often it was liked
 * @param favorites how often it was made a favorite
 */
public record ContentStats(String contentId, long views, long likes, long favorites) {

    /** Of a content that nobody has touched. */
    public static ContentStats none(String contentId) {
        return new ContentStats(contentId, 0, 0, 0);
    }

    /** A copy with one action more. */
    public ContentStats plus(ActionType action) {
        return switch (action) {
            case VIEW -> new ContentStats(contentId, views + 1, likes, favorites);
            case LIKE -> new ContentStats(contentId, views, likes + 1, favorites);
            case FAVORITE -> new ContentStats(contentId, views, likes, favorites + 1);
        };
    }
}
