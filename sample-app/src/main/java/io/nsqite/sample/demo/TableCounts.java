package io.nsqite.sample.demo;

import io.nsqite.sample.action.ActionRequest;
import io.nsqite.sample.action.ActionType;
import io.nsqite.sample.analytics.ContentStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the application's tables hold.
 *
 * @param actions how many actions
 * @param notifications how many notifications
 * @param contents the counts by content
 */
record TableCounts(long actions, long notifications, Map<String, ContentStats> contents) {

    private static final String POISON = "poison";

    /** What these actions must add. Worked out from the file alone, not with the code of the listeners. */
    static TableCounts of(List<ActionRequest> actions) {
        Map<String, ContentStats> contents = new TreeMap<>();
        for (ActionRequest action : actions) {
            contents.merge(
                    action.contentId(),
                    ContentStats.none(action.contentId()).plus(action.action()),
                    (before, one) -> before.plus(action.action()));
        }
        return new TableCounts(actions.size(), likes(actions), contents);
    }

    /** How many of these actions the notifications give up. */
    static long poisonous(List<ActionRequest> actions) {
        return actions.stream().filter(TableCounts::isPoison).count();
    }

    private static long likes(List<ActionRequest> actions) {
        return actions.stream()
                .filter(action -> action.action() == ActionType.LIKE && !isPoison(action))
                .count();
    }

    private static boolean isPoison(ActionRequest action) {
        return action.contentId().equals(POISON);
    }

    /** Where these counts, the later ones, are not what the earlier and the added ones amount to. */
    List<String> differencesFrom(TableCounts before, TableCounts added) {
        List<String> differences = new ArrayList<>();
        compare("rows of user_action", before.actions + added.actions, actions, differences);
        compare("rows of notification", before.notifications + added.notifications, notifications, differences);
        for (String content : added.contents.keySet()) {
            ContentStats old = before.content(content);
            ContentStats more = added.content(content);
            ContentStats found = content(content);
            compare("views of " + content, old.views() + more.views(), found.views(), differences);
            compare("likes of " + content, old.likes() + more.likes(), found.likes(), differences);
            compare("favorites of " + content, old.favorites() + more.favorites(), found.favorites(), differences);
        }
        return differences;
    }

    private ContentStats content(String contentId) {
        return contents.getOrDefault(contentId, ContentStats.none(contentId));
    }

    private static void compare(String what, long expected, long found, List<String> differences) {
        if (expected != found) {
            differences.add("%s: expected %d, found %d".formatted(what, expected, found));
        }
    }
}
