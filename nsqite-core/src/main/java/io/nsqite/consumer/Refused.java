package io.nsqite.consumer;

import org.jspecify.annotations.Nullable;

/** Answers that were refused while others were taken: the first is thrown in the end, with the others. */
final class Refused {

    private @Nullable IllegalStateException first;

    /** Runs something that may be refused. */
    void unless(Runnable answer) {
        try {
            answer.run();
        } catch (IllegalStateException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
