package io.nsqite.model;

import java.util.Random;

/** What a handler is to do with a message. */
enum Act {
    SUCCEED,
    FAIL,
    FAIL_FOR_GOOD,
    FAIL_FOR_A_WHILE,
    REQUEUE,
    REQUEUE_LATER,
    REJECT,
    FINISH,
    LEAVE;

    private static final Act[] SELDOM = {
        FAIL, FAIL, FAIL, FAIL_FOR_A_WHILE, REQUEUE, REQUEUE_LATER, REQUEUE_LATER, FINISH, FINISH, FAIL_FOR_GOOD, REJECT
    };

    static Act random(Random random) {
        if (random.nextInt(100) < 55) {
            return SUCCEED;
        }
        return random.nextInt(60) == 0 ? LEAVE : SELDOM[random.nextInt(SELDOM.length)];
    }
}
