package io.nsqite.sqlite;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done after the next commit, and after the next end of a transaction, however it ends. */
final class CommitActions {

    private static final Logger LOG = LoggerFactory.getLogger(CommitActions.class);

    private Set<Runnable> actions = new LinkedHashSet<>();

    private Set<Runnable> endActions = new LinkedHashSet<>();

    void add(Runnable action) {
        actions.add(action);
    }

    void addForEnd(Runnable action) {
        endActions.add(action);
    }

    /** There was no commit. */
    void drop() {
        actions.clear();
        runEndActions();
    }

    /** Each may register new ones, for the commit after. */
    void run() {
        if (!actions.isEmpty()) {
            Set<Runnable> due = actions;
            actions = new LinkedHashSet<>();
            due.forEach(CommitActions::runOne);
        }
        runEndActions();
    }

    private void runEndActions() {
        if (!endActions.isEmpty()) {
            Set<Runnable> due = endActions;
            endActions = new LinkedHashSet<>();
            due.forEach(CommitActions::runOne);
        }
    }

    private static void runOne(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("What was to be done after a transaction failed; the transaction itself did not", e);
        }
    }
}
