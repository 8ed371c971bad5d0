package io.nsqite.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.sample.action.ActionRequest;
import io.nsqite.sample.action.ActionType;
import io.nsqite.sample.analytics.ContentStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What does not add up is found and said. */
class AuditTests {

    private static final List<ActionRequest> ACTIONS = List.of(
            action(ActionType.VIEW, "sunrise"), action(ActionType.LIKE, "sunrise"), action(ActionType.LIKE, "poison"));
    private static final TableCounts BEFORE = new TableCounts(
            10,
            4,
            Map.of("sunrise", new ContentStats("sunrise", 5, 2, 1), "other", new ContentStats("other", 7, 0, 0)));
    private static final TableCounts AFTER = new TableCounts(
            13,
            5,
            Map.of(
                    "sunrise", new ContentStats("sunrise", 6, 3, 1),
                    "poison", new ContentStats("poison", 0, 1, 0),
                    "other", new ContentStats("other", 7, 0, 0)));

    @Test
    void nothingIsSaidIfEverythingAddsUp() {
        assertThat(Audit.of(ACTIONS)
                        .channels(List.of(result("analytics", 3, 0), result("notifications", 2, 1)))
                        .tables(BEFORE, AFTER)
                        .problems())
                .isEmpty();
    }

    @Test
    void aMessageThatIsNeitherHandledNorDeadIsMissed() {
        assertThat(Audit.of(ACTIONS)
                        .channels(List.of(result("analytics", 2, 0)))
                        .problems())
                .containsExactly("analytics: 3 published, but 2 handled and 0 dead");
    }

    @Test
    void deadLettersThatAreNotMeantToBeAreFound() {
        assertThat(Audit.of(ACTIONS)
                        .channels(List.of(result("analytics", 2, 1), result("notifications", 3, 0)))
                        .problems())
                .containsExactly(
                        "analytics: 0 dead letters expected, 1 found",
                        "notifications: 1 dead letters expected, 0 found");
    }

    @Test
    void countsThatAreOffAreNamed() {
        TableCounts off = new TableCounts(12, 6, Map.of("sunrise", new ContentStats("sunrise", 7, 3, 1)));
        assertThat(Audit.of(ACTIONS).tables(BEFORE, off).problems())
                .containsExactlyInAnyOrder(
                        "rows of user_action: expected 13, found 12",
                        "rows of notification: expected 5, found 6",
                        "views of sunrise: expected 6, found 7",
                        "likes of poison: expected 1, found 0");
    }

    private static ActionRequest action(ActionType type, String content) {
        return new ActionRequest("ann", type, content, Instant.EPOCH);
    }

    private static ChannelResult result(String channel, long handled, long dead) {
        return new ChannelResult(channel, ACTIONS.size(), handled, 0, dead, 1, Latency.of(List.of()));
    }
}
