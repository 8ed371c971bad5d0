package io.nsqite.sqlite;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done after the next commit. */
final class CommitActions {

    private static final Logger LOG = LoggerFactory.getLogger(CommitActions.class);

    private Set<Runnable> actions = new LinkedHashSet<>();

    void add(Runnable action) {
        actions.add(action);
    }

    void drop() {
        actions.clear();
    }

    /** Each may register new ones, for the commit after. */
    void run() {
        if (actions.isEmpty()) {
            return;
        }
        Set<Runnable> due = actions;
        actions = new LinkedHashSet<>();
        due.forEach(CommitActions::runOne);
    }

    private static void runOne(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("What was to be done after a commit failed; the commit itself did not", e);
        }
    }
}
