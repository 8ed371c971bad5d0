package io.nsqite.spring.actuate;

import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.spring.actuate.DeadLettersDescriptor.DeadLetterDescriptor;
import java.util.ArrayList;
import java.util.List;

/** A page of dead letters, read in steps, so that few payloads are in memory at a time; it ends early if many large ones are shown. */
final class DeadLetterPage {

    private static final int DEFAULT_LIMIT = 100;
    private static final int LETTERS_IN_A_STEP = 50;

    /** More would be a burden for the application and for who reads it. */
    private static final long MAX_SHOWN_BYTES = 8_000_000;

    private final QueueAdmin admin;
    private final PayloadView payloads;
    private final List<DeadLetterDescriptor> letters = new ArrayList<>();
    private long shownBytes;

    DeadLetterPage(QueueAdmin admin, PayloadView payloads) {
        this.admin = admin;
        this.payloads = payloads;
    }

    DeadLettersDescriptor read(DeadLetterQuery query) {
        int limit = query.limit() == DeadLetterQuery.NO_LIMIT ? DEFAULT_LIMIT : query.limit();
        DeadLetterQuery next = query;
        while (true) {
            int wanted = Math.min(LETTERS_IN_A_STEP, limit - letters.size());
            List<DeadLetter> step = admin.deadLetters(next.withLimit(wanted));
            for (DeadLetter letter : step) {
                add(letter);
                if (letters.size() == limit || shownBytes > MAX_SHOWN_BYTES) {
                    return new DeadLettersDescriptor(letters, letter.cursor().toString());
                }
            }
            if (step.size() < wanted) {
                return new DeadLettersDescriptor(letters, null);
            }
            next = next.withAfter(step.get(step.size() - 1));
        }
    }

    private void add(DeadLetter letter) {
        letters.add(DeadLetterDescriptor.of(letter, payloads));
        if (payloads == PayloadView.SHOWN) {
            shownBytes += letter.message().payload().length;
        }
    }
}
