package io.nsqite.sample.demo;

import io.nsqite.sample.action.ActionRequest;
import java.util.ArrayList;
import java.util.List;

/** Checks what came of the actions of a file against what had to come of them. */
final class Audit {

    private static final String NOTIFICATIONS = "notifications";

    private final List<ActionRequest> actions;
    private final List<String> problems = new ArrayList<>();

    private Audit(List<ActionRequest> actions) {
        this.actions = actions;
    }

    static Audit of(List<ActionRequest> actions) {
        return new Audit(actions);
    }

    /** Every message must have been handled or be dead, and dead only where it is meant to be. */
    Audit channels(List<ChannelResult> results) {
        results.forEach(this::check);
        return this;
    }

    /** The tables must hold what they held before, and what the actions add. */
    Audit tables(TableCounts before, TableCounts after) {
        problems.addAll(after.differencesFrom(before, TableCounts.of(actions)));
        return this;
    }

    /** What does not add up. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void check(ChannelResult result) {
        if (!result.addsUp()) {
            problems.add("%s: %d published, but %d handled and %d dead"
                    .formatted(result.channel(), result.published(), result.handled(), result.dead()));
        }
        long expected = result.channel().equals(NOTIFICATIONS) ? TableCounts.poisonous(actions) : 0;
        if (result.dead() != expected) {
            problems.add("%s: %d dead letters expected, %d found".formatted(result.channel(), expected, result.dead()));
        }
    }
}
